package dev.gatehouse.control.call;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.Section;
import dev.gatehouse.v1.Warning;
import java.util.List;
import java.util.function.Function;

/**
 * A request as values.
 *
 * <p>It is read like a configuration, with the fields of the message as keys: what an operator says
 * on the command line and in the file is judged alike, in the same words and all at once.
 *
 * @param warnings what is allowed but probably not meant
 */
public record Request<T>(T value, List<Warning> warnings) {

  public Request {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a message.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT with all that is wrong
   */
  public static <T> Request<T> read(RequestTree message, Function<Section, T> reader) {
    return switch (Configuration.of(reader).read(message.table())) {
      case ConfigResult.Loaded<T> loaded ->
          new Request<>(
              loaded.value(), loaded.warnings().stream().map(Warnings::ofRequest).toList());
      case ConfigResult.Refused<T> refused ->
          throw Violations.of(refused.problems().stream().map(Violation::of).toList());
    };
  }
}
