package dev.gatehouse.cli.route;

import dev.gatehouse.client.proxy.L7Policy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a policy: {@code block_user_agent=BadBot}. */
final class PolicyConverter implements ITypeConverter<L7Policy> {

  private final PolicyTypeConverter type = new PolicyTypeConverter();

  @Override
  public L7Policy convert(String given) {
    int equals = given.indexOf('=');
    if (equals < 0) {
      throw new TypeConversionException(
          "'%s' (expected: TYPE=VALUE, such as block_user_agent=BadBot)".formatted(given));
    }
    return new L7Policy(type.convert(given.substring(0, equals)), given.substring(equals + 1));
  }
}
