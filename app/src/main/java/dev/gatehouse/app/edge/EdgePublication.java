package dev.gatehouse.app.edge;

import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.net.firewall.RuleFirewall;
import dev.gatehouse.net.listen.ListenException;
import dev.gatehouse.net.tls.CertificateProblem;
import dev.gatehouse.proxy.Proxy;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import dev.gatehouse.proxy.ruleset.Publication;
import dev.gatehouse.proxy.ruleset.Publication.Prepared;
import dev.gatehouse.proxy.ruleset.Ruleset;
import java.util.List;
import java.util.Optional;

/** Puts rulesets in force at all that follow them: the proxy, where it runs, and the firewall. */
public final class EdgePublication implements Publication {

  private final PortFence fence;
  private final RuleFirewall firewall;
  private final Optional<Proxy> proxy;

  public EdgePublication(PortFence fence, RuleFirewall firewall, Optional<Proxy> proxy) {
    this.fence = fence;
    this.firewall = firewall;
    this.proxy = proxy;
  }

  @Override
  public Prepared prepare(Ruleset next) throws EditRefusedException {
    if (fence.check(next) instanceof Finding.Refusal refusal) {
      throw new EditRefusedException(
          Reason.NOT_NOW,
          "listeners",
          "%s %s; %s".formatted(refusal.err(), refusal.fields(), refusal.fix()));
    }
    checkCertificates(next);
    Optional<Proxy.Opening> opening = open(next);
    return new Prepared() {
      @Override
      public void publish() {
        if (!next.firewall().equals(firewall.rules())) {
          firewall.rules(next.firewall());
        }
        opening.ifPresent(Proxy.Opening::publish);
      }

      @Override
      public void abandon() {
        opening.ifPresent(Proxy.Opening::abandon);
      }
    };
  }

  /** A pair that cannot be served must not take the place of one that can. */
  private void checkCertificates(Ruleset next) throws EditRefusedException {
    List<CertificateProblem> problems =
        proxy.map(running -> running.certificateProblems(next.listeners())).orElse(List.of());
    Optional<CertificateProblem> error =
        problems.stream().filter(CertificateProblem::isError).findFirst();
    if (error.isPresent()) {
      throw new EditRefusedException(Reason.INVALID, "tls_cert", error.get().sentence());
    }
  }

  private Optional<Proxy.Opening> open(Ruleset next) throws EditRefusedException {
    if (proxy.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(proxy.get().open(next.listeners()));
    } catch (ListenException e) {
      throw new EditRefusedException(
          Reason.NOT_NOW,
          "listeners",
          e.getMessage() + "; stop what has the port, or choose another",
          e);
    }
  }
}
