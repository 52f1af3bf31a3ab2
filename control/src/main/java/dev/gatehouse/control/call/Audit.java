package dev.gatehouse.control.call;

/** Keeps account of everything that operators change or try to change. */
public final class Audit {

  /** Begins the account of one call, on its own thread. */
  public Mutation mutation(String method) {
    return new Mutation(method);
  }
}
