// After a refusal the summary of errors is the first thing a keyboard or a screen reader meets.
document.querySelector("[data-focus]")?.focus();
