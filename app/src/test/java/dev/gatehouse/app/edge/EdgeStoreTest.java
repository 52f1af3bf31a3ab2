package dev.gatehouse.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.proxy.ruleset.Difference;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeStoreTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Ruleset BUILT_IN = blocking("127.0.0.9");
  private static final Ruleset FILE = blocking("192.0.2.1");
  private static final Ruleset OTHER = blocking("192.0.2.2");

  @TempDir private Path state;

  @Test
  void theFileSeedsAnEmptyDatabase() throws StoreException {
    assertThat(inForce(FILE)).isEqualTo(FILE);
  }

  @Test
  void theDatabaseCountsAfterThat() throws StoreException {
    inForce(FILE);
    assertThat(inForce(OTHER)).isEqualTo(FILE);
    assertThat(inForce(BUILT_IN)).as("without a file").isEqualTo(FILE);
  }

  @Test
  void aDatabaseThatWasEmptiedStaysEmpty() throws StoreException {
    inForce(FILE);
    try (EdgeStore edge = open(FILE)) {
      edge.store().write(Difference.between(FILE, Ruleset.EMPTY));
    }
    assertThat(inForce(FILE)).isEqualTo(Ruleset.EMPTY);
  }

  @Test
  void whoTriedItWithoutAFileMeansTheFirstFile() throws StoreException {
    assertThat(inForce(BUILT_IN)).isEqualTo(BUILT_IN);
    assertThat(inForce(FILE)).isEqualTo(FILE);
    assertThat(inForce(OTHER)).isEqualTo(FILE);
  }

  @Test
  void whoChangedWhatIsBuiltInMeansTheChange() throws StoreException {
    inForce(BUILT_IN);
    try (EdgeStore edge = open(BUILT_IN)) {
      edge.store().write(Difference.between(BUILT_IN, OTHER));
    }
    assertThat(inForce(FILE)).isEqualTo(OTHER);
  }

  private Ruleset inForce(Ruleset inFile) throws StoreException {
    try (EdgeStore edge = open(inFile)) {
      assertThat(edge.inFile()).isEqualTo(inFile);
      return edge.inForce();
    }
  }

  private EdgeStore open(Ruleset inFile) throws StoreException {
    return EdgeStore.open(state, inFile, BUILT_IN, NOW);
  }

  private static Ruleset blocking(String address) {
    return Ruleset.EMPTY.with(
        FirewallRules.NONE.with(new FirewallRule.Address(IpAddress.parse(address).orElseThrow())));
  }
}
