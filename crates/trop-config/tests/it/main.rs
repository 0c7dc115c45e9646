//! Settings: the table, the rules of values, layers, and what several settings make together.

mod layers;
mod port_range;
mod table;
mod values;
