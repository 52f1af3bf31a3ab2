package dev.gatehouse.cli.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.DaemonTest;
import dev.gatehouse.v1.AddL7PolicyRequest;
import dev.gatehouse.v1.AddL7PolicyResponse;
import dev.gatehouse.v1.L7Policy;
import dev.gatehouse.v1.L7PolicyType;
import dev.gatehouse.v1.ListL7PoliciesRequest;
import dev.gatehouse.v1.ListL7PoliciesResponse;
import dev.gatehouse.v1.RemoveL7PolicyRequest;
import dev.gatehouse.v1.RemoveL7PolicyResponse;
import dev.gatehouse.v1.Warning;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

class PoliciesCommandTest extends DaemonTest {

  private static final L7Policy POLICY =
      L7Policy.newBuilder()
          .setType(L7PolicyType.L7_POLICY_TYPE_REQUIRE_HEADER)
          .setValue("X-Api-Key")
          .build();

  @Test
  void showsPoliciesInTheirOrder() {
    daemon()
        .answers(
            ListL7PoliciesRequest.class,
            ListL7PoliciesResponse.newBuilder()
                .addPolicies(POLICY)
                .addPolicies(L7Policy.newBuilder().setTypeValue(99).setValue("newer"))
                .build());
    assertThat(run("policies list www.example.org")).isEqualTo(Cli.OK);
    run("policies list :443 www.example.org --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            TYPE            VALUE
            require_header  X-Api-Key
            unknown         newer
            {"version":1,"hostname":"www.example.org","policies":[\
            {"type":"require_header","value":"X-Api-Key"},{"type":"unknown","value":"newer"}]}
            """);
    ListL7PoliciesRequest first =
        ListL7PoliciesRequest.newBuilder().setHostname("www.example.org").build();
    assertThat(daemon().asked())
        .containsExactly(first, first.toBuilder().setListenerAddr(":443").build());
  }

  @Test
  void addsAPolicy() {
    daemon()
        .answers(
            AddL7PolicyRequest.class,
            AddL7PolicyResponse.newBuilder()
                .addWarnings(Warning.newBuilder().setText("the route is l4"))
                .build());
    assertThat(run("policies add www.example.org require_header X-Api-Key")).isEqualTo(Cli.OK);
    run("policies add :443 www.example.org REQUIRE_HEADER X-Api-Key --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            added: require_header X-Api-Key
            warning: the route is l4
            {"version":1,"hostname":"www.example.org","type":"require_header",\
            "value":"X-Api-Key","outcome":"added",\
            "warnings":[{"field":null,"text":"the route is l4"}]}
            """);
    AddL7PolicyRequest first =
        AddL7PolicyRequest.newBuilder().setHostname("www.example.org").setPolicy(POLICY).build();
    assertThat(daemon().asked())
        .containsExactly(first, first.toBuilder().setListenerAddr(":443").build());
  }

  @Test
  void aPolicyThatIsThereIsAFailure() {
    daemon()
        .fails(AddL7PolicyRequest.class, Status.ALREADY_EXISTS.withDescription("is there already"));
    assertThat(run("policies add www.example.org require_header X-Api-Key")).isEqualTo(Cli.FAILED);
    assertThat(screen().err()).isEqualTo("policies add: is there already\n");
  }

  @Test
  void removesAPolicy() {
    daemon().answers(RemoveL7PolicyRequest.class, RemoveL7PolicyResponse.getDefaultInstance());
    assertThat(run("policies remove www.example.org require_header X-Api-Key")).isEqualTo(Cli.OK);
    assertThat(screen().out()).isEqualTo("removed: require_header X-Api-Key\n");
    assertThat(daemon().asked())
        .containsExactly(
            RemoveL7PolicyRequest.newBuilder()
                .setHostname("www.example.org")
                .setPolicy(POLICY)
                .build());
  }
}
