"""The queue of things to judge: roster, clock, reasons and appeals."""
