package dev.gatehouse.relay.registry;

/** What became of a server-id whose binary has gone. */
public sealed interface Release {

  /** It waits for the binary to come back. */
  record GraceArmed(GraceTimer timer) implements Release {}

  /** It was not held by that binary, or not any more. */
  record NotHeld() implements Release {}
}
