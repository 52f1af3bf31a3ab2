package dev.gatehouse.net.splice;

/** What a pool answers: a pipe, or why there is none. */
sealed interface Lease permits Pipe, Shortage {}
