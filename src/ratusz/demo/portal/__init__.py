"""What the demo city's portal says: pages and news as plain data, in Polish, with the fixed pages in English."""
