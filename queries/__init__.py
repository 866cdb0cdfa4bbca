"""The questions of the project, one file each, and the engines that answer them."""
