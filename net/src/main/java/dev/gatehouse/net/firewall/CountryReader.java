package dev.gatehouse.net.firewall;

import com.maxmind.db.Reader;
import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version of a country database.
 *
 * <p>All of it is on the heap, so it stays whole whatever happens to the file, any thread may ask,
 * and it ends with its last reader.
 */
final class CountryReader implements CountryLookup {

  private static final Logger log = LoggerFactory.getLogger(CountryReader.class);

  /** What the type of a database that knows countries has in it. */
  private static final List<String> KINDS = List.of("country", "city", "enterprise");

  private final Reader reader;
  private final AtomicBoolean damageTold = new AtomicBoolean();

  /** What came of reading a file. */
  sealed interface Load {

    record Loaded(CountryReader countries) implements Load {}

    /** The file is missing, or is no country database; {@code reason} continues its name. */
    record Unreadable(String reason) implements Load {}
  }

  private CountryReader(Reader reader) {
    this.reader = reader;
  }

  static Load load(Path file) {
    try {
      Reader reader = new Reader(new ByteArrayInputStream(Files.readAllBytes(file)));
      String type = reader.getMetadata().databaseType();
      return knowsCountries(type)
          ? new Load.Loaded(new CountryReader(reader))
          : new Load.Unreadable("type " + type + " (expected: a database of countries)");
    } catch (NoSuchFileException _) {
      return new Load.Unreadable("no such file");
    } catch (IOException | RuntimeException e) {
      // the library throws what its arithmetic on damaged bytes leads to
      return new Load.Unreadable("not readable as a MaxMind database: " + e.getMessage());
    }
  }

  private static boolean knowsCountries(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    return KINDS.stream().anyMatch(lower::contains);
  }

  Instant built() {
    return reader.getMetadata().buildTime();
  }

  /** The database has IPv4 below {@code ::/96}, or nothing but IPv4. */
  @Override
  public Optional<String> country(IpAddress address) {
    IpAddress plain = address.unmapped();
    if (plain.family() == AddressFamily.IPV6 && reader.getMetadata().ipVersion() == 4) {
      return Optional.empty();
    }
    try {
      InetAddress asked = InetAddress.getByAddress(plain.bytes());
      return Optional.ofNullable(reader.get(asked, CountryRecord.class))
          .flatMap(CountryRecord::code);
    } catch (IOException | RuntimeException e) {
      tellDamage(e);
      return Optional.empty();
    }
  }

  private void tellDamage(Exception cause) {
    if (damageTold.compareAndSet(false, true)) {
      log.atWarn().setMessage("geoip_damaged").addKeyValue("err", cause.getMessage()).log();
    }
  }
}
