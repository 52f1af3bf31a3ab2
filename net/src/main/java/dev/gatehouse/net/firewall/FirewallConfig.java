package dev.gatehouse.net.firewall;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.SlidingWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table {@code [firewall]}: who may talk to any public listener of any service, and how often.
 *
 * @param geoip the country data; present wherever a country is blocked
 * @param geoipPollInterval between two looks whether that file has changed
 * @param maxConnectionsPerAddress that a client may hold at a time; 0 is no limit
 */
public record FirewallConfig(
    FirewallRules rules,
    Optional<Path> geoip,
    Duration geoipPollInterval,
    RateLimit rate,
    int maxConnectionsPerAddress) {

  static final String ADDRESS_EXPECTED = "an IP address such as \"192.0.2.1\" or \"2001:db8::1\"";
  static final String COUNTRY_EXPECTED = "an ISO 3166-1 code of two letters such as \"NL\"";

  /** Kosovo, whose code is in the data without being assigned. */
  private static final String KOSOVO = "XK";

  private static final Set<String> COUNTRIES =
      Stream.concat(Arrays.stream(Locale.getISOCountries()), Stream.of(KOSOVO))
          .collect(Collectors.toUnmodifiableSet());

  private static final int MAX_TABLE_SIZE = 1 << 24;
  private static final int DEFAULT_TABLE_SIZE = 1 << 16;

  /** Reads the table. */
  public static FirewallConfig read(Section firewall) {
    FirewallRules rules = rules(firewall);
    Optional<Path> geoip =
        firewall
            .text("geoip_db", "MaxMind database of countries, such as GeoLite2-Country.mmdb")
            .optional()
            .map(Path::of);
    if (!rules.countries().isEmpty() && geoip.isEmpty()) {
      firewall.refuse("geoip_db", "the path of a country database, since countries are blocked");
    }
    return new FirewallConfig(
        rules,
        geoip,
        firewall
            .duration("geoip_poll_interval", "between looks whether that file has changed")
            .range(Duration.ofSeconds(1), Duration.ofHours(24))
            .orElse(Duration.ofSeconds(60)),
        rate(firewall),
        firewall
            .integer(
                "max_connections_per_address",
                "open connections of an IPv4 address or an IPv6 /64; 0 = no limit")
            .orElse(0));
  }

  private static RateLimit rate(Section firewall) {
    return new RateLimit(
        firewall
            .integer(
                "rate_limit",
                "new connections of an IPv4 address or an IPv6 /64 in rate_window; 0 = off")
            .range(0, SlidingWindow.MAX_LIMIT)
            .orElse(0),
        firewall
            .duration("rate_window", "the window in which they are counted; it slides")
            .range(Duration.ofMillis(100), SlidingWindow.LONGEST_WINDOW)
            .orElse(Duration.ofSeconds(10)),
        firewall
            .integer("rate_table_size", "how many clients are remembered for that")
            .range(1, MAX_TABLE_SIZE)
            .orElse(DEFAULT_TABLE_SIZE));
  }

  private static FirewallRules rules(Section firewall) {
    List<IpAddress> addresses =
        firewall
            .values(
                "blocked_ips", "addresses that may not connect", ADDRESS_EXPECTED, IpAddress::parse)
            .orElse(List.of());
    List<Cidr> networks = networks(firewall, "blocked_cidrs", "networks that may not connect");
    List<String> countries =
        firewall
            .values(
                "blocked_countries",
                "countries that may not connect; needs geoip_db",
                COUNTRY_EXPECTED,
                FirewallConfig::country)
            .orElse(List.of());
    if (addresses.size() + networks.size() + countries.size() > FirewallRules.MAX_RULES) {
      firewall.refuse("blocked_ips", "at most " + FirewallRules.MAX_RULES + " rules of all kinds");
      return FirewallRules.NONE;
    }
    return FirewallRules.of(addresses, networks, countries);
  }

  /**
   * Reads a list of networks, here and wherever a listener has one; says how to mend a wrong one.
   */
  public static List<Cidr> networks(Section section, String key, String description) {
    List<String> texts = section.strings(key, description).orElse(List.of());
    List<Cidr> networks = new ArrayList<>(texts.size());
    for (String text : texts) {
      switch (Cidr.read(text)) {
        case Cidr.Read.Network(Cidr cidr) -> networks.add(cidr);
        case Cidr.Read.Refused(String expected) ->
            section.reject(key, '"' + text + "\": expected " + expected);
      }
    }
    return networks;
  }

  static Optional<String> country(String text) {
    return Optional.of(text.toUpperCase(Locale.ROOT)).filter(COUNTRIES::contains);
  }
}
