package dev.gatehouse.proxy.store.migration;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Flyway tell its story to those who debug: what it reports as an error is thrown too, and
 * told there once. Public, since Flyway makes it by its name.
 */
public final class MigrationLog implements LogCreator {

  @Override
  public Log createLogger(Class<?> type) {
    return new DebugLog(LoggerFactory.getLogger(type));
  }

  private record DebugLog(Logger logger) implements Log {

    @Override
    public void debug(String message) {
      logger.trace(message);
    }

    @Override
    public void info(String message) {
      logger.debug(message);
    }

    @Override
    public void warn(String message) {
      logger.debug(message);
    }

    @Override
    public void error(String message) {
      logger.debug(message);
    }

    @Override
    public void error(String message, Exception cause) {
      logger.debug(message, cause);
    }

    @Override
    public void notice(String message) {
      logger.debug(message);
    }
  }
}
