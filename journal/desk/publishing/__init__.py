"""An issue goes out at the desk: preview, set time, publication, editions, corrections of what is out."""
