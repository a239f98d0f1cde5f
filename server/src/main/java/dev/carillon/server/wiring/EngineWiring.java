package dev.carillon.server.wiring;

import dev.carillon.channels.meta.whatsapp.WhatsAppCloudProvider;
import dev.carillon.channels.support.liquid.LiquidTexts;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.audience.CustomLists;
import dev.carillon.engine.audience.Segments;
import dev.carillon.engine.callback.CallbackHealth;
import dev.carillon.engine.callback.Callbacks;
import dev.carillon.engine.callback.References;
import dev.carillon.engine.campaign.CampaignTimer;
import dev.carillon.engine.campaign.Campaigns;
import dev.carillon.engine.campaign.PersonalisationCheck;
import dev.carillon.engine.campaign.RunStarter;
import dev.carillon.engine.campaign.TestSend;
import dev.carillon.engine.connection.ConnectionBook;
import dev.carillon.engine.connection.Seal;
import dev.carillon.engine.dispatch.DispatchSettings;
import dev.carillon.engine.dispatch.Dispatcher;
import dev.carillon.engine.dispatch.Sending;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.intake.Intake;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.reporting.CampaignComparison;
import dev.carillon.engine.reporting.Reports;
import dev.carillon.engine.schedule.RunCalendar;
import dev.carillon.engine.schedule.UserZones;
import dev.carillon.engine.time.WaitingClock;
import dev.carillon.server.imports.CsvImports;
import dev.carillon.server.settings.CarillonSettings;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The flows, put together over the stores. */
@Configuration(proxyBeanMethods = false)
class EngineWiring {

  @Bean
  @ConditionalOnMissingBean
  WaitingClock clock() {
    return WaitingClock.system();
  }

  @Bean
  Intake intake(FactStore facts, CarillonSettings settings) {
    return new Intake(facts, settings.intakeCapacity(), waitingBytes());
  }

  /** What may wait to become durable takes a sixteenth of the heap, between 16 and 256 MiB. */
  private static int waitingBytes() {
    return (int) Math.clamp(Runtime.getRuntime().maxMemory() / 16, 16L << 20, 256L << 20);
  }

  @Bean
  CsvImports csvImports(
      Intake intake, MetadataStore metadata, CarillonSettings settings, WaitingClock clock) {
    return new CsvImports(settings.data().resolve("imports"), intake, metadata, clock);
  }

  @Bean
  WhatsAppCloudProvider whatsAppCloud(WaitingClock clock, ProcessHealth health) {
    return new WhatsAppCloudProvider(new LiquidTexts(), clock, health);
  }

  @Bean
  ConnectionBook connections(
      MetadataStore metadata, List<Provider> providers, Seal seal, WaitingClock clock) {
    ConnectionBook book = new ConnectionBook(metadata, providers, seal, clock);
    book.openAll();
    return book;
  }

  @Bean
  CallbackHealth callbackHealth(MetadataStore metadata, FactStore facts, WaitingClock clock) {
    CallbackHealth health = new CallbackHealth(metadata, facts, clock);
    facts.onApplied(health::onApplied);
    return health;
  }

  @Bean
  Callbacks callbacks(
      Intake intake,
      ConnectionBook connections,
      References references,
      MetadataStore metadata,
      CallbackHealth health,
      WaitingClock clock) {
    return new Callbacks(
        intake::accept, connections::connections, references, metadata, health, clock);
  }

  @Bean
  RunCalendar calendar(Account account, FactStore facts, WaitingClock clock) {
    return new RunCalendar(account, new UserZones(facts, clock));
  }

  @Bean
  Dispatcher dispatcher(
      MetadataStore metadata,
      FactStore facts,
      ConnectionBook connections,
      References references,
      RunCalendar calendar,
      WaitingClock clock,
      ProcessHealth health) {
    // What was sent must be kept even when the way in is full, so results do not queue with
    // uploads.
    return new Dispatcher(
        new Sending(
            metadata,
            facts,
            facts::append,
            connections,
            references,
            calendar,
            clock,
            DispatchSettings.DEFAULTS,
            health));
  }

  @Bean
  Segments segments(MetadataStore metadata, FactStore facts, WaitingClock clock) {
    return new Segments(metadata, metadata, facts, clock);
  }

  @Bean
  CustomLists customLists(FactStore facts, Segments segments, WaitingClock clock) {
    return new CustomLists(facts, segments, clock);
  }

  @Bean
  RunStarter runs(
      MetadataStore metadata,
      FactStore facts,
      Segments segments,
      Dispatcher dispatcher,
      WaitingClock clock,
      RunCalendar calendar) {
    return new RunStarter(metadata, facts, segments, dispatcher, clock, calendar);
  }

  @Bean
  Campaigns campaigns(
      MetadataStore metadata,
      ConnectionBook connections,
      Segments segments,
      RunStarter runs,
      WaitingClock clock,
      RunCalendar calendar) {
    return new Campaigns(metadata, connections, segments, runs, clock, calendar);
  }

  @Bean
  TestSend testSend(
      Campaigns campaigns,
      FactStore facts,
      ConnectionBook connections,
      Dispatcher dispatcher,
      References references,
      Account account) {
    return new TestSend(campaigns, facts, connections, dispatcher, references, account);
  }

  @Bean
  PersonalisationCheck personalisationCheck(
      FactStore facts, Segments segments, ConnectionBook connections) {
    return new PersonalisationCheck(facts, segments, connections);
  }

  @Bean(initMethod = "start")
  Reports reports(
      FactStore facts,
      MetadataStore metadata,
      ConnectionBook connections,
      WaitingClock clock,
      Account account,
      CarillonSettings settings,
      ProcessHealth health) {
    return new Reports(
        facts, metadata, connections, clock, account, settings.ledgersInMemory(), health);
  }

  @Bean
  CampaignComparison campaignComparison(
      MetadataStore metadata, Reports reports, WaitingClock clock) {
    return new CampaignComparison(metadata, reports, clock);
  }

  @Bean
  CampaignTimer campaignTimer(
      MetadataStore metadata, RunStarter runs, WaitingClock clock, ProcessHealth health) {
    return new CampaignTimer(metadata, runs, clock, health);
  }
}
