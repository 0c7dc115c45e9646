//! Is somebody using this port now, and who: probing by binding
