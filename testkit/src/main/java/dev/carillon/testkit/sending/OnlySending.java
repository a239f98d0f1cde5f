package dev.carillon.testkit.sending;

import dev.carillon.core.audience.CustomList;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.audience.AudienceMember;
import dev.carillon.engine.port.audience.ControlUser;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.audience.ListOrder;
import dev.carillon.engine.port.audience.ListRows;
import dev.carillon.engine.port.audience.Reach;
import dev.carillon.engine.port.audience.Suggestion;
import dev.carillon.engine.port.audience.SystemControlUser;
import dev.carillon.engine.port.facts.DeadLetter;
import dev.carillon.engine.port.facts.RetryResult;
import dev.carillon.engine.port.facts.Unattributed;
import dev.carillon.engine.port.ledger.Recount;
import dev.carillon.engine.port.people.ChannelConsent;
import dev.carillon.engine.port.people.MergedIdentity;
import dev.carillon.engine.port.people.MessageLife;
import dev.carillon.engine.port.people.MessagePerson;
import dev.carillon.engine.port.people.PeopleSearch;
import dev.carillon.engine.port.people.PeopleTotals;
import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.port.people.Timeline;
import dev.carillon.engine.port.people.TimelineQuery;
import dev.carillon.engine.port.store.FactStore;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** What sending asks of no store: whoever calls it in a test of sending is found out. */
abstract class OnlySending implements FactStore {

  @Override
  public void defaultCountry(@Nullable String code) {
    throw unsupported();
  }

  @Override
  public List<ControlUser> heldOut(int campaign, int after, int limit) {
    throw unsupported();
  }

  @Override
  public List<SystemControlUser> systemControlGroup(int percent, long after, int limit) {
    throw unsupported();
  }

  @Override
  public List<DeadLetter> deadLetters(long after, int limit) {
    throw unsupported();
  }

  @Override
  public RetryResult retryDeadLetters() {
    throw unsupported();
  }

  @Override
  public Reach estimate(Rule rule, Evaluation evaluation) {
    throw unsupported();
  }

  @Override
  public List<AudienceMember> members(Rule rule, Evaluation evaluation, long after, int limit) {
    throw unsupported();
  }

  @Override
  public CustomList createList(ListOrder order, ListRows rows) {
    throw unsupported();
  }

  @Override
  public Optional<CustomList> replaceList(int id, ListOrder order, ListRows rows) {
    throw unsupported();
  }

  @Override
  public Optional<CustomList> list(int id) {
    throw unsupported();
  }

  @Override
  public List<CustomList> lists() {
    throw unsupported();
  }

  @Override
  public boolean deleteList(int id) {
    throw unsupported();
  }

  @Override
  public List<Suggestion> suggestProperties(String prefix, int limit) {
    throw unsupported();
  }

  @Override
  public boolean isPublicEvent(String event) {
    throw unsupported();
  }

  @Override
  public List<Suggestion> suggestEvents(String prefix, int limit) {
    throw unsupported();
  }

  @Override
  public List<Suggestion> suggestEventProperties(String event, String prefix, int limit) {
    throw unsupported();
  }

  @Override
  public List<Suggestion> suggestValues(
      @Nullable String event, String property, String prefix, int limit) {
    throw unsupported();
  }

  @Override
  public Recount recount(int campaign, ZoneId zone, IntConsumer still) {
    throw unsupported();
  }

  @Override
  public Optional<MessageLife> life(MessageRef message) {
    throw unsupported();
  }

  @Override
  public List<MessagePerson> people(int campaign, int[] seqs) {
    throw unsupported();
  }

  @Override
  public List<Person> searchPeople(PeopleSearch search) {
    throw unsupported();
  }

  @Override
  public Timeline timeline(long userKey, TimelineQuery query) {
    throw unsupported();
  }

  @Override
  public Unattributed unattributed(int connection) {
    return Unattributed.NONE;
  }

  @Override
  public List<ChannelConsent> consents(long userKey) {
    throw unsupported();
  }

  @Override
  public List<MergedIdentity> mergedIdentities(long userKey) {
    throw unsupported();
  }

  @Override
  public PeopleTotals totals() {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("only what sending needs is kept in memory");
  }
}
