//! Checks every span; repairs or widens it.
