package dev.carillon.server.wiring;

import dev.carillon.engine.dispatch.Dispatcher;
import dev.carillon.engine.intake.Intake;
import dev.carillon.engine.port.facts.DeadLetterStore;
import dev.carillon.engine.port.facts.FactStoreState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Metrics of ingestion and sending. */
@Component
class EngineMetrics implements MeterBinder {
  private final Intake intake;
  private final FactStoreState facts;
  private final DeadLetterStore deadLetters;
  private final Dispatcher dispatcher;

  EngineMetrics(
      Intake intake, FactStoreState facts, DeadLetterStore deadLetters, Dispatcher dispatcher) {
    this.intake = intake;
    this.facts = facts;
    this.deadLetters = deadLetters;
    this.dispatcher = dispatcher;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("carillon.intake.accepted", intake, Intake::accepted)
        .description("entries made durable")
        .register(registry);
    FunctionCounter.builder("carillon.intake.turned.away", intake, Intake::turnedAway)
        .description("entries refused because too many were waiting")
        .register(registry);
    FunctionCounter.builder("carillon.intake.placeholder.ids", intake, Intake::placeholderIds)
        .description("ids such as null or undefined, which were passed over")
        .register(registry);
    FunctionCounter.builder("carillon.intake.tokens.missing", intake, Intake::tokensMissing)
        .description(
            "records without the identity token that their key needs to speak for a person")
        .register(registry);
    Gauge.builder("carillon.intake.waiting", intake, Intake::waiting)
        .description("entries that wait to become durable")
        .register(registry);
    Gauge.builder("carillon.intake.waiting.bytes", intake, Intake::waitingBytes)
        .description("bytes of the entries that wait to become durable")
        .register(registry);
    Gauge.builder("carillon.facts.backlog", facts, FactStoreState::backlog)
        .description("durable entries that cannot be read yet")
        .register(registry);
    Gauge.builder("carillon.facts.dead.letters", deadLetters, DeadLetterStore::deadLetters)
        .description("entries that were accepted and could not be applied")
        .register(registry);
    FunctionCounter.builder("carillon.results.lost", dispatcher, Dispatcher::lostResults)
        .description("answers of providers that a defect kept from being kept")
        .register(registry);
    Gauge.builder("carillon.facts.dropped", facts, FactStoreState::dropped)
        .description("entries from before their user's deletion that came after it")
        .register(registry);
    Gauge.builder("carillon.properties.refused", facts, FactStoreState::propertiesRefused)
        .description("changes of properties not made because the profile is at its limit")
        .register(registry);
    Gauge.builder("carillon.contacts.refused", facts, FactStoreState::contactsRefused)
        .description(
            "changes of addresses and consents not made because a public key asked for them")
        .register(registry);
  }
}
