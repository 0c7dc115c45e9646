//! What belongs to its user alone stays so: files, the environment, the network.

mod environment;
mod modes;
mod network;
mod pipes;
mod planted;
