package dev.gatehouse.cli;

import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.control.v1.GetStatusResponse;

/** The daemon's status for programs; a renamed or removed field raises {@code version}. */
final class StatusJson {

  private static final int VERSION = 1;

  private StatusJson() {}

  static String of(GetStatusResponse status) {
    return Json.object(
        json ->
            json.number("version", VERSION)
                .text("gatehouse", status.getVersion())
                .number("uptime_seconds", status.getUptime().getSeconds())
                .objects(
                    "services",
                    status.getServicesList(),
                    service ->
                        json.text("name", service.getName())
                            .text("state", Words.of(service.getState()))
                            .texts("waiting_for", service.getWaitingForList()))
                .objects(
                    "listeners",
                    status.getListenersList(),
                    socket ->
                        json.text("service", socket.getService())
                            .text("proto", socket.getProtocol())
                            .text("address", socket.getAddress())));
  }
}
