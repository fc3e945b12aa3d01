// Presses the one button of the page that takes a voter to login.gov.pl; without JavaScript the voter presses it.
document.querySelector("form[data-leave]")?.requestSubmit();
