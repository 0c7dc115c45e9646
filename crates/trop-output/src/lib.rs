//! How answers and errors look: formats, styles, exit codes
