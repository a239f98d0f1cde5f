package dev.carillon.engine.provider;

import dev.carillon.core.message.FactKind;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a provider's interface can do and what it cannot, as the provider declares it. What it can
 * do beside sending, such as listing templates, it offers as an Optional of {@link Provider}.
 *
 * @param echoesReference whether callbacks bear the reference that a send was given; where they do
 *     not, messages are matched by the provider's id alone
 * @param reports what callbacks tell of messages: the kinds of RECEIPT_SENT, RECEIPT_DELIVERED,
 *     RECEIPT_FAILED, VIEWED, CLICKED and REPLIED that a connection set up rightly gets
 * @param callbackMethods the HTTP methods of requests to a connection's callback address; empty
 *     where the provider never calls
 * @param repeatable whether the same send twice does no harm, so that one whose outcome is not
 *     known is made again
 * @param messagesPerCall how many messages one call may hold, 1 or more
 * @param http2 whether the provider takes calls by HTTP/2 only
 */
public record Capabilities(
    boolean echoesReference,
    Set<FactKind> reports,
    Set<String> callbackMethods,
    boolean repeatable,
    int messagesPerCall,
    boolean http2) {
  private static final Set<FactKind> REPORTABLE =
      EnumSet.of(
          FactKind.RECEIPT_SENT,
          FactKind.RECEIPT_DELIVERED,
          FactKind.RECEIPT_FAILED,
          FactKind.VIEWED,
          FactKind.CLICKED,
          FactKind.REPLIED);

  public Capabilities {
    reports = Set.copyOf(reports);
    callbackMethods = Set.copyOf(callbackMethods);
    if (!REPORTABLE.containsAll(reports)) {
      throw new IllegalArgumentException("no callback tells of all of " + reports);
    }
    if (callbackMethods.isEmpty() && (echoesReference || !reports.isEmpty())) {
      throw new IllegalArgumentException("a provider that never calls back reports nothing");
    }
    if (messagesPerCall < 1) {
      throw new IllegalArgumentException("a call holds a message");
    }
  }

  /** Of a provider that takes one message a call by HTTP/1.1 and never calls back. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether callbacks tell how a message fared on its way. */
  public boolean reportsDelivery() {
    return reports.contains(FactKind.RECEIPT_SENT)
        || reports.contains(FactKind.RECEIPT_DELIVERED)
        || reports.contains(FactKind.RECEIPT_FAILED);
  }

  /** Collects what a provider can do. */
  public static final class Builder {
    private final Set<FactKind> reports = EnumSet.noneOf(FactKind.class);
    private final Set<String> callbackMethods = new TreeSet<>();
    private boolean echoesReference;
    private boolean repeatable;
    private int messagesPerCall = 1;
    private boolean http2;

    private Builder() {}

    public Builder echoesReference() {
      echoesReference = true;
      return this;
    }

    public Builder reports(FactKind... kinds) {
      reports.addAll(Set.of(kinds));
      return this;
    }

    public Builder callbackMethods(String... methods) {
      callbackMethods.addAll(Set.of(methods));
      return this;
    }

    public Builder repeatable() {
      repeatable = true;
      return this;
    }

    public Builder messagesPerCall(int most) {
      messagesPerCall = most;
      return this;
    }

    public Builder http2() {
      http2 = true;
      return this;
    }

    public Capabilities build() {
      return new Capabilities(
          echoesReference, reports, callbackMethods, repeatable, messagesPerCall, http2);
    }
  }
}
