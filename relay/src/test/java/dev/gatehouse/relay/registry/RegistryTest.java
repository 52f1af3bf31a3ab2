package dev.gatehouse.relay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.relay.registry.Claim.Claimed;
import dev.gatehouse.relay.registry.Claim.Conflict;
import dev.gatehouse.relay.registry.Claim.Reclaimed;
import dev.gatehouse.relay.registry.Expiry.Expired;
import dev.gatehouse.relay.registry.Expiry.Stale;
import dev.gatehouse.relay.registry.Registration.AtCap;
import dev.gatehouse.relay.registry.Registration.NameTaken;
import dev.gatehouse.relay.registry.Registration.NoServer;
import dev.gatehouse.relay.registry.Registration.Registered;
import dev.gatehouse.relay.registry.Release.GraceArmed;
import dev.gatehouse.relay.registry.Release.NotHeld;
import dev.gatehouse.relay.registry.Takeover.Lost;
import dev.gatehouse.relay.registry.Takeover.TakenOver;
import dev.gatehouse.testkit.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Section 7.10 of the relay's specification, one thread after another. */
class RegistryTest {

  private static final ServerId ID = new ServerId("5f3a1c9e");
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int CAP = 16;

  private final Registry<String, String> registry = new Registry<>();
  private final ManualTicker ticker = new ManualTicker();

  @Test
  void aFreeServerIdIsClaimed() {
    assertThat(registry.claim(ID, "one")).isEqualTo(new Claimed<>());
    assertThat(registry.binary(ID)).contains("one");
    assertThat(registry.counts()).isEqualTo(new Counts(1, 0, 0));
  }

  @Test
  void aHeldServerIdIsAConflictWithWhoHoldsIt() {
    registry.claim(ID, "one");
    assertThat(registry.claim(ID, "two")).isEqualTo(new Conflict<>("one"));
    assertThat(registry.binary(ID)).contains("one");
  }

  @Test
  void aClaimInGraceSucceedsAndPutsThePhonesOut() {
    registry.claim(ID, "one");
    register("a");
    register("b");
    release("one");
    assertThat(registry.claim(ID, "two")).isEqualTo(new Reclaimed<>(List.of("a", "b")));
    assertThat(registry.counts()).isEqualTo(new Counts(1, 0, 0));
  }

  @Test
  void phonesStayDuringGraceAndNewOnesFindNoServer() {
    registry.claim(ID, "one");
    register("a");
    release("one");
    assertThat(registry.binary(ID)).isEmpty();
    assertThat(registry.counts()).isEqualTo(new Counts(0, 1, 1));
    assertThat(register("b")).isEqualTo(new NoServer<>());
  }

  @Test
  void absenceComesBeforeTheCap() {
    registry.claim(ID, "one");
    register("a");
    release("one");
    assertThat(registry.registerPhone(ID, "b", "b", 1)).isEqualTo(new NoServer<>());
  }

  @Test
  void graceEndsWhenItsTimeIsOverAndNotBefore() {
    registry.claim(ID, "one");
    register("a");
    register("b");
    GraceTimer timer = armed(release("one"));
    ticker.advance(GRACE.minusNanos(1));
    assertThat(registry.due(ticker.nanos())).isEmpty();
    ticker.advance(Duration.ofNanos(1));
    assertThat(registry.due(ticker.nanos())).containsExactly(timer);
    assertThat(registry.expire(timer)).isEqualTo(new Expired<>(List.of("a", "b")));
    assertThat(registry.expire(timer)).isEqualTo(new Stale<>());
    assertThat(registry.snapshot()).isEmpty();
    assertThat(registry.counts()).isEqualTo(new Counts(0, 0, 0));
  }

  @Test
  void aTimerOfAnEarlierGraceChangesNothing() {
    registry.claim(ID, "one");
    GraceTimer old = armed(release("one"));
    registry.claim(ID, "two");
    assertThat(registry.expire(old)).isEqualTo(new Stale<>());
    assertThat(registry.binary(ID)).contains("two");
    GraceTimer present = armed(release("two"));
    assertThat(registry.expire(old)).isEqualTo(new Stale<>());
    assertThat(registry.expire(present)).isEqualTo(new Expired<>(List.of()));
  }

  @Test
  void aSilentBinaryIsTakenOverByWhoExpectedIt() {
    registry.claim(ID, "one");
    register("a");
    assertThat(registry.takeover(ID, Optional.of("one"), "two"))
        .isEqualTo(new TakenOver<>(Optional.of("one"), List.of("a")));
    assertThat(registry.binary(ID)).contains("two");
  }

  @Test
  void aTakeoverWithTheWrongExpectationIsLost() {
    registry.claim(ID, "one");
    assertThat(registry.takeover(ID, Optional.of("other"), "two")).isEqualTo(new Lost<>());
    assertThat(registry.takeover(ID, Optional.empty(), "two")).isEqualTo(new Lost<>());
    release("one");
    assertThat(registry.takeover(ID, Optional.of("one"), "two")).isEqualTo(new Lost<>());
  }

  @Test
  void aServerIdThatWasEmptyAndStillIsCanBeTakenOver() {
    assertThat(registry.takeover(ID, Optional.empty(), "one"))
        .isEqualTo(new TakenOver<>(Optional.empty(), List.of()));
    register("a");
    release("one");
    assertThat(registry.takeover(ID, Optional.empty(), "two"))
        .isEqualTo(new TakenOver<>(Optional.empty(), List.of("a")));
    assertThat(registry.counts()).isEqualTo(new Counts(1, 0, 0));
  }

  @Test
  void aDisplacedBinaryReleasesNothing() {
    registry.claim(ID, "one");
    registry.takeover(ID, Optional.of("one"), "two");
    assertThat(release("one")).isEqualTo(new NotHeld());
    assertThat(registry.binary(ID)).contains("two");
    assertThat(registry.counts()).isEqualTo(new Counts(1, 0, 0));
  }

  @Test
  void binariesAreTheSameOnlyByIdentity() {
    String first = new String("equal");
    String second = new String("equal");
    registry.claim(ID, first);
    assertThat(release(second)).isEqualTo(new NotHeld());
    assertThat(release(first)).isInstanceOf(GraceArmed.class);
  }

  @Test
  void aSecondReleaseIsNone() {
    registry.claim(ID, "one");
    GraceTimer timer = armed(release("one"));
    assertThat(release("one")).isEqualTo(new NotHeld());
    assertThat(registry.expire(timer)).isInstanceOf(Expired.class);
  }

  @Test
  void theCapHoldsToThePhone() {
    registry.claim(ID, "one");
    for (int i = 0; i < CAP; i++) {
      assertThat(register("phone" + i)).isEqualTo(new Registered<>("one"));
    }
    assertThat(register("late")).isEqualTo(new AtCap<>());
    String third = registry.phone(ID, "phone3").orElseThrow();
    assertThat(registry.unregisterPhone(ID, "phone3", third)).isTrue();
    assertThat(register("late")).isEqualTo(new Registered<>("one"));
  }

  @Test
  void aCapOfZeroIsNone() {
    registry.claim(ID, "one");
    for (int i = 0; i < 100; i++) {
      assertThat(registry.registerPhone(ID, "p" + i, "p" + i, 0)).isInstanceOf(Registered.class);
    }
    assertThat(registry.counts().phones()).isEqualTo(100);
  }

  @Test
  void aNameIsGivenOnce() {
    registry.claim(ID, "one");
    register("a");
    assertThat(registry.registerPhone(ID, "a", "other", CAP)).isEqualTo(new NameTaken<>());
    assertThat(registry.phone(ID, "a")).contains("a");
    assertThat(registry.unregisterPhone(ID, "a", "other")).isFalse();
    assertThat(registry.counts().phones()).isEqualTo(1);
  }

  @Test
  void unregisteringTheUnknownChangesNothing() {
    assertThat(registry.unregisterPhone(ID, "a", "a")).isFalse();
    registry.claim(ID, "one");
    assertThat(registry.unregisterPhone(ID, "a", "a")).isFalse();
    assertThat(registry.counts()).isEqualTo(new Counts(1, 0, 0));
  }

  @Test
  void phonesAreFoundUnderTheirOwnServerIdAlone() {
    ServerId other = new ServerId("other");
    registry.claim(ID, "one");
    registry.claim(other, "two");
    register("a");
    assertThat(registry.phone(ID, "a")).contains("a");
    assertThat(registry.phone(other, "a")).isEmpty();
  }

  @Test
  void evictionFreesAtOnceWithoutGrace() {
    registry.claim(ID, "one");
    register("a");
    assertThat(registry.evict(ID)).contains(new Evicted<>(Optional.of("one"), List.of("a")));
    assertThat(registry.evict(ID)).isEmpty();
    assertThat(release("one")).isEqualTo(new NotHeld());
    assertThat(registry.counts()).isEqualTo(new Counts(0, 0, 0));
  }

  @Test
  void evictionEndsAGraceToo() {
    registry.claim(ID, "one");
    register("a");
    GraceTimer timer = armed(release("one"));
    assertThat(registry.evict(ID)).contains(new Evicted<>(Optional.empty(), List.of("a")));
    assertThat(registry.expire(timer)).isEqualTo(new Stale<>());
    assertThat(registry.counts()).isEqualTo(new Counts(0, 0, 0));
  }

  @Test
  void aSnapshotIsACopy() {
    registry.claim(ID, "one");
    register("a");
    List<Holding<String, String>> before = registry.snapshot();
    register("b");
    release("one");
    assertThat(before)
        .containsExactly(new Holding<>(ID, Optional.of("one"), Optional.empty(), List.of("a")));
    assertThat(registry.snapshot().getFirst().grace()).isPresent();
  }

  private Registration<String> register(String phone) {
    return registry.registerPhone(ID, phone, phone, CAP);
  }

  private Release release(String binary) {
    return registry.release(ID, binary, ticker.nanos(), GRACE);
  }

  private static GraceTimer armed(Release release) {
    return ((GraceArmed) release).timer();
  }
}
