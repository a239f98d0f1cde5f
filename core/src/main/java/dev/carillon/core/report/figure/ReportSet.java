package dev.carillon.core.report.figure;

import dev.carillon.core.report.measure.Measure;
import dev.carillon.core.report.measure.Stage;
import java.util.Optional;

/** A set of messages whose people can be asked for: what a number of the report is the size of. */
public sealed interface ReportSet {

  /** The name in addresses; {@link #parse} reads it. */
  String text();

  /** The messages behind one of the counts. */
  record Counted(Measure measure) implements ReportSet {
    @Override
    public String text() {
      return measure.key();
    }
  }

  /** The target's messages suppressed for one reason. */
  record Suppressed(String reason) implements ReportSet {
    @Override
    public String text() {
      return "suppressed:" + reason;
    }
  }

  /** Dispatch and delivery errors with one code. */
  record ErrorCode(String code) implements ReportSet {
    @Override
    public String text() {
      return "error:" + code;
    }
  }

  /** Dispatch errors with one code. */
  record DispatchCode(String code) implements ReportSet {
    @Override
    public String text() {
      return "dispatch:" + code;
    }
  }

  /** Delivery errors with one code. */
  record DeliveryCode(String code) implements ReportSet {
    @Override
    public String text() {
      return "delivery:" + code;
    }
  }

  /** Messages of which one link was clicked. */
  record Link(String link) implements ReportSet {
    @Override
    public String text() {
      return "link:" + link;
    }
  }

  /** The messages that reached a stage of the users conversion funnel. */
  record UsersFunnel(Stage stage) implements ReportSet {
    @Override
    public String text() {
      return "funnel:" + stage.key();
    }
  }

  /** The messages that reached a stage of the influenced conversion funnel. */
  record InfluencedFunnel(Stage stage) implements ReportSet {
    @Override
    public String text() {
      return "influenced:" + stage.key();
    }
  }

  /** The held-out users who converted. */
  record ControlConverted() implements ReportSet {
    @Override
    public String text() {
      return "controlConverted";
    }
  }

  /** The converted users who count as converted for another campaign too. */
  record SharedConverted() implements ReportSet {
    @Override
    public String text() {
      return "sharedConverted";
    }
  }

  /** Reads a set's name; empty when no set is called so. */
  static Optional<ReportSet> parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return switch (text) {
        case "controlConverted" -> Optional.of(new ControlConverted());
        case "sharedConverted" -> Optional.of(new SharedConverted());
        default -> Measure.ofKey(text).map(Counted::new);
      };
    }
    String value = text.substring(colon + 1);
    return switch (text.substring(0, colon)) {
      case "suppressed" -> Optional.of(new Suppressed(value));
      case "error" -> Optional.of(new ErrorCode(value));
      case "dispatch" -> Optional.of(new DispatchCode(value));
      case "delivery" -> Optional.of(new DeliveryCode(value));
      case "link" -> Optional.of(new Link(value));
      case "funnel" -> Stage.ofKey(value).map(UsersFunnel::new);
      case "influenced" -> Stage.ofKey(value).map(InfluencedFunnel::new);
      default -> Optional.empty();
    };
  }
}
