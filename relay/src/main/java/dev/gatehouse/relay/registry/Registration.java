package dev.gatehouse.relay.registry;

/** What became of a phone that looks for a binary. */
public sealed interface Registration<B> {

  /** It is in, with the binary of this moment. */
  record Registered<B>(B binary) implements Registration<B> {}

  /** There is no binary, or it is away. */
  record NoServer<B>() implements Registration<B> {}

  /** The server-id has as many phones as it may have. */
  record AtCap<B>() implements Registration<B> {}

  /** Another phone of the server-id has that name. */
  record NameTaken<B>() implements Registration<B> {}
}
