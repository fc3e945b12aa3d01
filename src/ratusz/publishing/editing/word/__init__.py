"""Text from Word and from the clipboard, made into the few blocks of a page; opened in a process with little memory and time."""
