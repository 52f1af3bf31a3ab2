package dev.gatehouse.net.firewall;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is read of an address in a database of MaxMind's layout; public since the library makes it
 * by reflection and does not ask for access.
 *
 * @param country where the address is used
 * @param registered where its owner registered it; all that is known of some addresses
 */
public record CountryRecord(
    @MaxMindDbParameter(name = "country") @Nullable Named country,
    @MaxMindDbParameter(name = "registered_country") @Nullable Named registered) {

  /** A country by its code. */
  public record Named(@MaxMindDbParameter(name = "iso_code") @Nullable String isoCode) {
    @MaxMindDbConstructor
    public Named {}
  }

  @MaxMindDbConstructor
  public CountryRecord {}

  Optional<String> code() {
    return code(country).or(() -> code(registered));
  }

  private static Optional<String> code(@Nullable Named named) {
    return Optional.ofNullable(named).flatMap(known -> Optional.ofNullable(known.isoCode()));
  }
}
