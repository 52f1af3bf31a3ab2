package dev.gatehouse.cli.route;

import dev.gatehouse.cli.command.EnumConverter;
import dev.gatehouse.client.proxy.L7Policy;

/** Reads the type of a policy. */
final class PolicyTypeConverter extends EnumConverter<L7Policy.Type> {

  PolicyTypeConverter() {
    super(L7Policy.Type.class);
  }
}
