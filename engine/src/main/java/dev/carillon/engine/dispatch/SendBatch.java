package dev.carillon.engine.dispatch;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.dispatch.outcome.SendOutcome.Try;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.provider.Provider.Prepared;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is decided of some messages at one moment: the facts that become durable together, and the
 * calls that are made once they are.
 */
final class SendBatch {
  private final List<Entry> intents = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<MessageRef> ghosts = new ArrayList<>();

  /** For each call, what came before it. */
  private final List<Place> places = new ArrayList<>();

  private int settled;
  private boolean cut;

  /** A message that is to be called, and how. */
  record Call(Outgoing message, Try attempt, Prepared prepared) {}

  private record Place(int entries, int settled, int ghosts) {}

  /** Adds what is final for its message. */
  void settle(Fact fact) {
    intents.add(new Entry.OfFact(fact));
    settled++;
  }

  /** Adds the ghost send of a control user's message. */
  void ghost(MessageRef message, Fact fact) {
    ghosts.add(message);
    settle(fact);
  }

  /** Adds a call and the facts that must be durable before it is made. */
  void call(List<Fact> facts, Call call) {
    places.add(new Place(intents.size(), settled, ghosts.size()));
    facts.forEach(fact -> intents.add(new Entry.OfFact(fact)));
    calls.add(call);
  }

  /**
   * Leaves out the calls after so many, and all that stands behind them.
   *
   * @return the messages that were released and are not sent now
   */
  List<MessageRef> cutAfter(int most) {
    List<MessageRef> left = new ArrayList<>();
    if (calls.size() > most) {
      Place place = places.get(most);
      intents.subList(place.entries, intents.size()).clear();
      calls.subList(most, calls.size()).forEach(call -> left.add(call.attempt().message()));
      calls.subList(most, calls.size()).clear();
      left.addAll(ghosts.subList(place.ghosts, ghosts.size()));
      ghosts.subList(place.ghosts, ghosts.size()).clear();
      settled = place.settled;
      cut = true;
    }
    return left;
  }

  /** What is to be made durable, in order. */
  List<Entry> intents() {
    return Collections.unmodifiableList(intents);
  }

  List<Call> calls() {
    return Collections.unmodifiableList(calls);
  }

  /** Messages of control users that are not sent. */
  List<MessageRef> ghosts() {
    return Collections.unmodifiableList(ghosts);
  }

  /** How many messages nothing more is to be done for. */
  int settled() {
    return settled;
  }

  /** Whether something was left out. */
  boolean cut() {
    return cut;
  }
}
