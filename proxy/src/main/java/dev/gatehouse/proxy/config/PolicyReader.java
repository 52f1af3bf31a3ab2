package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.proxy.route.L7Policy;

/** Reads one of {@code l7_policies}, from a file or from a call of an operator. */
public final class PolicyReader {

  private static final String EXAMPLE = "BadBot";

  private PolicyReader() {}

  /** Reads the keys of a policy, which are also the fields of its message. */
  public static L7Policy read(Section policy) {
    L7Policy.Type type =
        policy
            .choice("type", "what is asked", L7Policy.Type.class, L7Policy.Type::label)
            .required(L7Policy.Type.BLOCK_USER_AGENT);
    String value =
        policy
            .text("value", "of whom or what")
            .matching(text -> L7Policy.isValid(type, text), L7Policy.EXPECTED)
            .required(EXAMPLE);
    return new L7Policy(type, value);
  }
}
