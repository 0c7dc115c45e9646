//! Which port comes next: a pure search over a view of what is taken
