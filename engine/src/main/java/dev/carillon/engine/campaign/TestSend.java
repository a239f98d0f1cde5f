package dev.carillon.engine.campaign;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.What;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.user.Device;
import dev.carillon.core.user.Endpoint;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.dispatch.Dispatcher;
import dev.carillon.engine.port.campaign.Route;
import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.port.people.PersonLookup;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.provider.PersonalisationException;
import dev.carillon.engine.provider.SendResult;
import dev.carillon.engine.reference.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a campaign says to a few chosen people, for real and at once, so that its author sees
 * it on a phone. It is none of the campaign's messages: it has no number and leaves no facts, and
 * what is called back about it is kept and counted nowhere. Who has unsubscribed gets no test
 * either. Thread-safe.
 */
public final class TestSend {
  /** How many people one test goes to at most. */
  public static final int MOST = 10;

  private final CampaignService campaigns;
  private final PersonLookup facts;
  private final Connections connections;
  private final Dispatcher dispatcher;
  private final References references;
  private final Account account;

  public TestSend(
      CampaignService campaigns,
      PersonLookup facts,
      Connections connections,
      Dispatcher dispatcher,
      References references,
      Account account) {
    this.campaigns = campaigns;
    this.facts = facts;
    this.connections = connections;
    this.dispatcher = dispatcher;
    this.references = references;
    this.account = account;
  }

  /**
   * Sends the campaign's content to each of the people and waits for the answers.
   *
   * @param identities 1 to {@link #MOST}; each gets one message, or one of each variant, at each
   *     address that the channel's messages go to
   * @return what became of each, in the order of the identities, addresses and variants
   * @throws CampaignException.Unknown when there is no such campaign
   * @throws CampaignException.NotReady when what it says is not complete
   */
  public List<TestMessage> send(int id, List<String> identities) throws InterruptedException {
    if (identities.isEmpty() || identities.size() > MOST) {
      throw new IllegalArgumentException("a test goes to 1 to " + MOST + " people");
    }
    Campaign campaign = campaigns.find(id);
    List<LaunchProblem> problems =
        LaunchCheck.contentProblems(campaign.definition(), connections, account.zone());
    @Nullable What what = campaign.definition().what();
    if (what == null || !problems.isEmpty()) {
      throw new CampaignException.NotReady("What the campaign says is not complete.", problems);
    }
    facts.settle();
    Channel channel = campaign.definition().channel();
    List<Part> parts = parts(what);
    List<Route> routes = Routes.of(what, connections);
    List<Callable<TestMessage>> calls = new ArrayList<>();
    for (String identity : identities) {
      for (Address address : addresses(identity, channel, routes)) {
        for (Part part : parts) {
          calls.add(() -> new TestMessage(part.variant(), send(id, part.message(), address)));
        }
      }
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<TestMessage> results = new ArrayList<>();
      for (Future<TestMessage> call : threads.invokeAll(calls)) {
        results.add(call.get());
      }
      return List.copyOf(results);
    } catch (ExecutionException broken) {
      throw broken.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(broken);
    }
  }

  /**
   * Something that is sent.
   *
   * @param variant its name; null for a single message
   */
  private record Part(@Nullable String variant, MessageContent message) {}

  private static List<Part> parts(What what) {
    return switch (what) {
      case What.Single(MessageContent message) -> List.of(new Part(null, message));
      case Variants variants ->
          variants.variants().stream()
              .map(variant -> new Part(variant.name(), variant.message()))
              .toList();
    };
  }

  /** Where a test goes to, or why it goes to none of a person's addresses. */
  private sealed interface Address {
    record Reached(Person person, String identity, int connection, String address)
        implements Address {}

    record NotReached(TestResult result) implements Address {}
  }

  /**
   * Each address of the person that the channel's messages go to; without any, one that says why.
   */
  private List<Address> addresses(String identity, Channel channel, List<Route> routes) {
    Optional<Person> found = facts.person(identity);
    if (found.isEmpty()) {
      return List.of(new Address.NotReached(new TestResult.UnknownPerson(identity)));
    }
    Person person = found.get();
    List<Address> addresses = new ArrayList<>();
    for (Endpoint endpoint : person.endpoints().usable(channel.endpoints())) {
      String address = endpoint.address();
      Optional<Integer> connection = Routes.connection(routes, endpoint);
      if (address == null || connection.isEmpty()) {
        continue;
      }
      Device device = endpoint.device();
      boolean refused =
          !person.subscribed().getOrDefault(channel, true) || (device != null && !device.allowed());
      addresses.add(
          refused
              ? notReached(identity, address, SuppressionReason.UNSUBSCRIBED)
              : new Address.Reached(person, identity, connection.get(), address));
    }
    return addresses.isEmpty()
        ? List.of(notReached(identity, null, withoutAddress(person, channel)))
        : addresses;
  }

  private static Address notReached(
      String identity, @Nullable String address, SuppressionReason reason) {
    return new Address.NotReached(new TestResult.Suppressed(identity, address, reason, null));
  }

  private TestResult send(int campaign, MessageContent what, Address to)
      throws InterruptedException {
    return switch (to) {
      case Address.NotReached(TestResult result) -> result;
      case Address.Reached reached -> send(campaign, what, reached);
    };
  }

  private TestResult send(int campaign, MessageContent what, Address.Reached to)
      throws InterruptedException {
    String reference = references.ofTest(campaign, ThreadLocalRandom.current().nextInt());
    try {
      return dispatcher
          .callOnce(to.connection(), what, to.address(), to.person().properties(), reference)
          .map(result -> result(to.identity(), to.address(), result))
          .orElseThrow(() -> new IllegalStateException("the connection has just gone"));
    } catch (PersonalisationException failure) {
      return new TestResult.Suppressed(
          to.identity(),
          to.address(),
          SuppressionReason.PERSONALISATION_FAILED,
          failure.getMessage());
    }
  }

  private static SuppressionReason withoutAddress(Person person, Channel channel) {
    return person.endpoints().isGiven(channel.endpoints())
        ? SuppressionReason.INVALID_ADDRESS
        : SuppressionReason.NO_ADDRESS;
  }

  private static TestResult result(String identity, String address, SendResult result) {
    return switch (result) {
      case SendResult.Accepted accepted ->
          new TestResult.Sent(identity, address, accepted.providerMessageId());
      case SendResult.Failed failed -> new TestResult.Failed(identity, address, failed);
      case SendResult.Unknown unknown ->
          new TestResult.Uncertain(identity, address, unknown.text());
    };
  }
}
