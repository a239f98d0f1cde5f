package dev.carillon.engine.dispatch;

import dev.carillon.core.campaign.SendingHours.Verdict;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.dispatch.outcome.SendOutcome.Try;
import dev.carillon.engine.dispatch.sender.ConnectionSender;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.engine.provider.PersonalisationException;
import dev.carillon.engine.provider.Provider.Prepared;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides of each message of a chunk whether it is sent now, and fills its text. Control users pass
 * through the same as the others, at the same moment.
 */
final class MessagePreparer {
  private static final Logger LOG = LoggerFactory.getLogger(MessagePreparer.class);

  private final int campaign;
  private final ConnectionSession session;
  private final ConnectionSender connectionSender;
  private final VariantChoice variants;
  private final SendingPace pace;
  private final FrequencyLimits limits;
  private final Consumer<Instant> later;

  /**
   * @param later gets the time from which a message may be sent that may not be now
   */
  MessagePreparer(
      int campaign,
      ConnectionSession session,
      ConnectionSender connectionSender,
      VariantChoice variants,
      SendingPace pace,
      FrequencyLimits limits,
      Consumer<Instant> later) {
    this.campaign = campaign;
    this.session = session;
    this.connectionSender = connectionSender;
    this.variants = variants;
    this.pace = pace;
    this.limits = limits;
    this.later = later;
  }

  /** Takes messages until there are so many to call. */
  SendBatch next(Iterator<Outgoing> rest, int most, Instant now) {
    SendBatch batch = new SendBatch();
    while (rest.hasNext() && batch.calls().size() < most) {
      Outgoing message = rest.next();
      Instant due = session.waiting().get(message.seq());
      if (due != null && due.isAfter(now)) {
        later.accept(due);
      } else {
        judge(batch, message, now);
      }
    }
    return batch;
  }

  private void judge(SendBatch batch, Outgoing message, Instant now) {
    switch (pace.verdict(message, now)) {
      case Verdict.Go() -> {
        Instant decision = variants.waits(message, now);
        if (decision != null) {
          later.accept(decision);
          return;
        }
        session.waiting().remove(message.seq());
        add(batch, message, now);
      }
      case Verdict.Wait(Instant until) -> later.accept(until);
      case Verdict.Suppress(SuppressionReason reason) -> {
        session.waiting().remove(message.seq());
        MessageRef ref = new MessageRef(campaign, message.seq());
        batch.settle(Fact.witnessed(ref, FactKind.SUPPRESSED, reason.key(), now));
      }
    }
  }

  private void add(SendBatch batch, Outgoing message, Instant now) {
    MessageRef ref = new MessageRef(campaign, message.seq());
    int variant = variants.of(message);
    Prepared prepared;
    try {
      prepared =
          connectionSender
              .sender()
              .prepare(variants.message(variant), message.address(), message.properties());
    } catch (PersonalisationException failure) {
      batch.settle(notFilled(ref, now, failure.getMessage()));
      return;
    } catch (RuntimeException | StackOverflowError defect) {
      LOG.warn("A message of campaign {} cannot be filled", campaign, defect);
      batch.settle(notFilled(ref, now, "The message could not be filled"));
      return;
    }
    SuppressionReason heldBack = limits.heldBack(ref, now);
    if (heldBack != null) {
      batch.settle(suppressed(ref, heldBack, now, null));
    } else if (message.control()) {
      batch.ghost(ref, Fact.witnessed(ref, FactKind.GHOST_SENT, null, now));
    } else {
      call(batch, message, variant, prepared, now);
    }
  }

  private void call(
      SendBatch batch, Outgoing message, int variant, Prepared prepared, Instant now) {
    MessageRef ref = new MessageRef(campaign, message.seq());
    int number = message.tries() + 1;
    List<Fact> intents = new ArrayList<>();
    if (message.variant() == Variants.UNDECIDED) {
      intents.add(Fact.witnessed(ref, FactKind.VARIANT_GIVEN, Integer.toString(variant), now));
    }
    intents.add(Fact.witnessed(ref, FactKind.ATTEMPTED, Integer.toString(number), now));
    Connected connected = connectionSender.connected();
    Try attempt =
        new Try(
            ref,
            number,
            connected.provider().channel(),
            message.address(),
            connected.connection().id());
    batch.call(intents, new SendBatch.Call(message, attempt, prepared));
  }

  private static Fact notFilled(MessageRef ref, Instant now, @Nullable String why) {
    return suppressed(ref, SuppressionReason.PERSONALISATION_FAILED, now, why);
  }

  private static Fact suppressed(
      MessageRef ref, SuppressionReason reason, Instant now, @Nullable String text) {
    return new Fact(
        ref.campaign(), ref.seq(), FactKind.SUPPRESSED, reason.key(), null, now, now, text, 0);
  }
}
