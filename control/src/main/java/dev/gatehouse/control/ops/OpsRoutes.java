package dev.gatehouse.control.ops;

import dev.gatehouse.control.ops.page.Page;
import dev.gatehouse.control.ops.page.PathLabel;
import dev.gatehouse.control.ops.page.Route;
import dev.gatehouse.control.ops.page.Routes;
import dev.gatehouse.control.ops.view.ConsolePage;
import dev.gatehouse.control.ops.view.HealthPages;
import java.util.ArrayList;
import java.util.List;

/** Everything that can be read from the ops listener. */
final class OpsRoutes {

  private OpsRoutes() {}

  static Routes of(OpsContent content, Page metrics) {
    HealthPages health = new HealthPages(content.server());
    ConsolePage console = new ConsolePage(content.server(), content.watch());
    List<Route> routes = new ArrayList<>(content.views());
    routes.add(new Route("/metrics", PathLabel.METRICS, metrics));
    routes.add(new Route("/healthz", PathLabel.HEALTHZ, accept -> health.healthz()));
    routes.add(new Route("/readyz", PathLabel.READYZ, accept -> health.readyz()));
    routes.add(new Route("/status", PathLabel.STATUS, accept -> health.status()));
    routes.add(new Route("/console", PathLabel.CONSOLE, console));
    routes.add(new Route("/console/", PathLabel.CONSOLE, console));
    routes.add(new Route(ConsolePage.STYLE_PATH, PathLabel.CONSOLE, accept -> ConsolePage.style()));
    return new Routes(routes);
  }
}
