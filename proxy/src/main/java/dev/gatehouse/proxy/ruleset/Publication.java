package dev.gatehouse.proxy.ruleset;

/** Puts a ruleset in force, in the two steps between which it is written down. */
public interface Publication {

  /** What is ready and waits for the database. */
  interface Prepared {

    /** Puts it in force; it is in the database now, so nothing may go wrong. */
    void publish();

    /** Takes everything back, since it will not be in the database. */
    void abandon();
  }

  /**
   * Does all that may fail, such as to bind the ports of new listeners.
   *
   * @throws EditRefusedException if it failed; nothing is left behind
   */
  Prepared prepare(Ruleset next) throws EditRefusedException;
}
