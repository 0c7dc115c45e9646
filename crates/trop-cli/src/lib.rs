//! The command line of trop: arguments in, answer out
