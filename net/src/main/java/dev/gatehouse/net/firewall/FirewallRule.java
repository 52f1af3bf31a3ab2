package dev.gatehouse.net.firewall;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.firewall.Firewall.Reason;

/** One reason to block clients, whatever the rate. */
public sealed interface FirewallRule {

  /** One address, never an IPv4-mapped one. */
  record Address(IpAddress address) implements FirewallRule {
    public Address {
      address = address.unmapped();
    }

    @Override
    public Reason reason() {
      return Reason.IP;
    }

    @Override
    public String value() {
      return address.toString();
    }
  }

  /** Every address of a network. */
  record Network(Cidr cidr) implements FirewallRule {
    @Override
    public Reason reason() {
      return Reason.CIDR;
    }

    @Override
    public String value() {
      return cidr.toString();
    }
  }

  /**
   * Every address of a country.
   *
   * @param code of ISO 3166-1 in two capitals
   */
  record Country(String code) implements FirewallRule {
    @Override
    public Reason reason() {
      return Reason.COUNTRY;
    }

    @Override
    public String value() {
      return code;
    }
  }

  /** What became of a text. */
  sealed interface Read {

    /** The text is a rule. */
    record Rule(FirewallRule rule) implements Read {}

    /** The text is none; {@code expected} says what would be. */
    record Refused(String expected) implements Read {}
  }

  /**
   * Reads the value of a rule as an operator writes it.
   *
   * @param reason the type of the rule, never {@link Reason#RATE_LIMIT}
   */
  static Read read(Reason reason, String value) {
    return switch (reason) {
      case IP ->
          IpAddress.parse(value)
              .<Read>map(address -> new Read.Rule(new Address(address)))
              .orElseGet(() -> new Read.Refused(FirewallConfig.ADDRESS_EXPECTED));
      case CIDR ->
          switch (Cidr.read(value)) {
            case Cidr.Read.Network(Cidr cidr) -> new Read.Rule(new Network(cidr));
            case Cidr.Read.Refused(String expected) -> new Read.Refused(expected);
          };
      case COUNTRY ->
          FirewallConfig.country(value)
              .<Read>map(code -> new Read.Rule(new Country(code)))
              .orElseGet(() -> new Read.Refused(FirewallConfig.COUNTRY_EXPECTED));
      case RATE_LIMIT -> new Read.Refused("a rule of type ip, cidr or country");
    };
  }

  /** What is counted for a client that it blocks; its label is the word for the type. */
  Reason reason();

  /** As operators write it. */
  String value();
}
