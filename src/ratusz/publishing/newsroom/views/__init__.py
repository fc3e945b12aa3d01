"""Pages of the press office: the public page of the brand, the photo bank, orders, the brand and layouts for staff."""
