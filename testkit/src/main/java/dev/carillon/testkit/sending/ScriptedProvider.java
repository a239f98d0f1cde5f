package dev.carillon.testkit.sending;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.message.FactKind;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Capabilities;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.PersonalisationException;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.provider.SendResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A WhatsApp provider that answers each call as a script says, remembers every call, and notes each
 * that should never have been made: one after an earlier call for the same message was taken, or
 * may have been, where it does not declare that to be harmless. It is its own only connection,
 * number 1. Thread-safe.
 */
public final class ScriptedProvider implements Provider, Connections {
  public static final int CONNECTION = 1;

  /** What is declared where a test says nothing else. */
  public static final Capabilities USUAL =
      Capabilities.builder()
          .echoesReference()
          .reports(
              FactKind.RECEIPT_SENT,
              FactKind.RECEIPT_DELIVERED,
              FactKind.RECEIPT_FAILED,
              FactKind.VIEWED,
              FactKind.REPLIED)
          .callbackMethods("GET", "POST")
          .build();

  private final InstantSource clock;
  private final double perSecond;
  private final Script script;
  private final List<Call> calls = new ArrayList<>();
  private final Map<String, SendResult> lastAnswers = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private volatile Capabilities capabilities = USUAL;
  private CallbackAnswer callback = new CallbackAnswer.Received(List.of(), 0);

  public ScriptedProvider(InstantSource clock, double perSecond, Script script) {
    this.clock = clock;
    this.perSecond = perSecond;
    this.script = script;
  }

  /** The message is taken, under a new id. */
  public static SendResult accepted(Call call) {
    return new SendResult.Accepted("wamid." + call.reference(), null);
  }

  /** A failure with a meaning. */
  public static SendResult.Failed failed(
      String code, ErrorClass errorClass, Reaction reaction, @Nullable Duration retryAfter) {
    return new SendResult.Failed(
        code,
        "text of " + code,
        new ErrorMeaning(errorClass, reaction, "Words of " + code + ".", "Act on it."),
        retryAfter);
  }

  /** Declares this from now on; before anything is sent. */
  public void declare(Capabilities declared) {
    capabilities = declared;
  }

  /** How many messages each call held that held several. */
  public synchronized List<Integer> sizes() {
    return List.copyOf(sizes);
  }

  /** The next callbacks are understood like this. */
  public synchronized void understand(CallbackAnswer answer) {
    callback = answer;
  }

  /** All calls, in the order in which they came. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Calls that should never have been made, in words. */
  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public Optional<Connected> connection(int id) {
    return id == CONNECTION
        ? Optional.of(
            new Connected(new Connection(CONNECTION, type(), "Test", Map.of(), Map.of()), this))
        : Optional.empty();
  }

  @Override
  public String type() {
    return "scripted";
  }

  @Override
  public Channel channel() {
    return Channel.WHATSAPP;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public List<Field> fields() {
    return List.of();
  }

  @Override
  public List<Problem> check(Connection connection) {
    return List.of();
  }

  @Override
  public Sender open(Connection connection) {
    return new ScriptedSender();
  }

  @Override
  public Optional<CallbackAnswer.Rejected> rejectUnread(
      Connection connection, CallbackRequest head) {
    return Optional.empty();
  }

  @Override
  public synchronized CallbackAnswer receive(Connection connection, CallbackRequest request) {
    return callback;
  }

  @Override
  public double messagesPerSecond(Connection connection) {
    return perSecond;
  }

  @Override
  public ErrorMeaning explain(String code) {
    return failed(code, ErrorClass.MESSAGE, Reaction.GIVE_UP, null).meaning();
  }

  private final class ScriptedSender implements Sender {
    @Override
    public Prepared prepare(MessageContent what, String address, String properties)
        throws PersonalisationException {
      if (properties.contains("broken")) {
        throw new PersonalisationException("a value is missing");
      }
      return new Prepared(address, content(what).getBytes(StandardCharsets.UTF_8));
    }

    private static String content(MessageContent what) {
      return what instanceof WhatsAppTemplate template ? template.template() : what.toString();
    }

    @Override
    public SendResult send(Prepared message, String reference) {
      Call call = note(message, reference);
      SendResult answer = script.answer(call);
      synchronized (ScriptedProvider.this) {
        lastAnswers.put(reference, answer);
      }
      return answer;
    }

    @Override
    public List<SendResult> sendMany(List<Referenced> messages) {
      synchronized (ScriptedProvider.this) {
        sizes.add(messages.size());
      }
      return Sender.super.sendMany(messages);
    }

    @Override
    public void close() {}
  }

  private synchronized Call note(Provider.Prepared message, String reference) {
    int number = numbers.merge(reference, 1, Integer::sum);
    SendResult last = lastAnswers.get(reference);
    boolean free = number == 1 || last instanceof SendResult.Failed || capabilities.repeatable();
    if (!free) {
      violations.add("call " + number + " for " + message.address() + " after " + last);
    }
    lastAnswers.remove(reference);
    Call call =
        new Call(
            reference,
            message.address(),
            new String(message.body(), StandardCharsets.UTF_8),
            number,
            clock.instant());
    calls.add(call);
    return call;
  }

  /**
   * One call.
   *
   * @param template name of the template that was sent
   * @param number 1 for the first call with this reference
   */
  public record Call(String reference, String address, String template, int number, Instant at) {}

  /** What to answer. */
  @FunctionalInterface
  public interface Script {
    SendResult answer(Call call);
  }
}
