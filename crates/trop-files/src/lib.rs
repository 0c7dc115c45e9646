//! Private directories and files, and file locks that wait no longer than they may
