package dev.gatehouse.tracker.hook.approval;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tracker.config.HookConfig.ClientApproval;
import dev.gatehouse.tracker.hook.HookContext;
import dev.gatehouse.tracker.hook.HookVerdict;
import dev.gatehouse.tracker.hook.Requests;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.Rejection;
import dev.gatehouse.tracker.request.Rejections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientApprovalHookTest {

  private static final Rejection REFUSAL = new Rejections("gatehouse").clientNotAllowed();

  @ParameterizedTest
  @CsvSource({
    "-AZ3034-6wfG2wk6wWLc, AZ3034",
    "-AZ3042-6ozMq5q6Q3NX, AZ3042",
    "-BS5820-oy4La2MWGEFj, BS5820",
    "-MR1100-00HS~T7*65rm, MR1100",
    "-LK0140-ATIV~nbEQAMr, LK0140",
    "-A~0010-a9mn9DFkj39J, A~0010",
    "-UT2300-KT4310KT4301, UT2300",
    "T03A0----f089kjsdf6e, T03A0-",
    "S58B-----nKl34GoNb75, S58B--",
    "M4-4-0--9aa757Efd5Bl, M4-4-0",
    "AZ2500BTeYUzyabAfo6U, AZ2500",
    "exbc0JdSklm834kj9Udf, exbc0J",
    "FUTB0L84j542mVc84jkd, FUTB0L",
    "XBT054d-8602Jn83NnF9, XBT054",
    "-ML2.7.2-kgjjfkd9762, ML2.7.",
    "-BOWA0C-SDLFJWEIORNM, BOWA0C",
    "Q1-10-0-Yoiumn39BDfO, Q1-10-",
    "346------SDFknl33408, 346---",
    "QVOD0054ABFFEDCCDEDB, QVOD00",
  })
  void sixBytesNameTheSoftware(String peerId, String clientId) {
    assertThat(new String(ClientApprovalHook.clientId(Requests.peer(peerId)), US_ASCII))
        .isEqualTo(clientId);
  }

  @ParameterizedTest
  @CsvSource({
    "010203, false, 01020304050607080900, true",
    "010203, false, 10203040506070809000, false",
    "010203, true, 00000000001234567890, true",
    "123456, true, 12345678900000000000, false",
    "TR, false, -TR3000-wnn58mba0mzp, true",
    "TR, false, -qB4520-wnn58mba0mzp, false",
  })
  void aListLetsInOrKeepsOut(String id, boolean invert, String peer, boolean passes) {
    assertThat(ask(new ClientApproval(List.of(id), invert), peer) instanceof HookVerdict.Passed)
        .isEqualTo(passes);
  }

  @Test
  void anEmptyListRefusesEverybody() {
    assertThat(ask(new ClientApproval(List.of(), false), Requests.PEER))
        .isEqualTo(new HookVerdict.Refused(REFUSAL));
    assertThat(REFUSAL.text()).isEqualTo("client not allowed by gatehouse");
  }

  private static HookVerdict ask(ClientApproval config, String peer) {
    return new ClientApprovalHook(config, REFUSAL)
        .announce(HookContext.EMPTY, Requests.announce(Requests.HASH, peer), new AnnounceReply());
  }
}
