package dev.carillon.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** An outage takes a few lines of the log, however often something is tried meanwhile. */
class OutageLogTest {
  private final Lines lines = new Lines();
  private final OutageLog outage = new OutageLog(lines, "The journal cannot be written");

  @Test
  void theReasonIsLoggedOnceAndTheEndWithACount() {
    for (int i = 0; i < 1_000; i++) {
      outage.failed(new IOException("full, attempt " + i));
    }
    outage.ended();
    outage.ended();
    assertThat(lines.logged)
        .containsExactly(
            "ERROR The journal cannot be written; it is tried again until it works +IOException",
            "INFO The journal cannot be written: over after 1000 failed attempts");
  }

  @Test
  void anotherKindOfFailureIsLoggedAsWell() {
    outage.failed(new UncheckedIOException(new IOException("full")));
    outage.failed(new IllegalStateException("a defect"));
    outage.failed(new IOException("full"));
    assertThat(lines.logged)
        .extracting(line -> line.substring(line.indexOf('+')))
        .containsExactly("+UncheckedIOException", "+IllegalStateException");
  }

  @Test
  void theNextOutageIsLoggedAnew() {
    outage.failed(new IOException("full"));
    outage.ended();
    outage.failed(new IOException("full"));
    assertThat(lines.logged).hasSize(3);
  }

  @Test
  void whatNeverFailedLogsNothing() {
    outage.ended();
    assertThat(lines.logged).isEmpty();
  }

  /** Keeps the lines, with the kind of the failure where there is one. */
  private static final class Lines extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private final transient List<String> logged = new ArrayList<>();

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String message, Object[] arguments, Throwable failure) {
      String text = MessageFormatter.basicArrayFormat(message, arguments);
      String trace = failure == null ? "" : " +" + failure.getClass().getSimpleName();
      logged.add(level + " " + text + trace);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return Lines.class.getName();
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }
}
