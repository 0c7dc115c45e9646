//! Settings: declared once, layered, with the place each value came from
