package dev.carillon.server.wiring;

import dev.carillon.channels.meta.whatsapp.WhatsAppCloudProvider;
import dev.carillon.channels.support.liquid.LiquidTexts;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.audience.CustomLists;
import dev.carillon.engine.audience.Segments;
import dev.carillon.engine.callback.CallbackHealth;
import dev.carillon.engine.callback.Callbacks;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.campaign.CampaignTimer;
import dev.carillon.engine.campaign.PersonalisationCheck;
import dev.carillon.engine.campaign.RunStarter;
import dev.carillon.engine.campaign.TestSend;
import dev.carillon.engine.connection.ConnectionService;
import dev.carillon.engine.connection.Seal;
import dev.carillon.engine.dispatch.DispatchContext;
import dev.carillon.engine.dispatch.DispatchSettings;
import dev.carillon.engine.dispatch.Dispatcher;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.intake.Intake;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.reference.References;
import dev.carillon.engine.reporting.CampaignComparison;
import dev.carillon.engine.reporting.Reports;
import dev.carillon.engine.schedule.RunSchedule;
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
  ConnectionService connections(
      MetadataStore metadata, List<Provider> providers, Seal seal, WaitingClock clock) {
    ConnectionService book = new ConnectionService(metadata, providers, seal, clock);
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
      ConnectionService connections,
      References references,
      MetadataStore metadata,
      CallbackHealth health,
      WaitingClock clock) {
    return new Callbacks(
        intake::accept, connections::connections, references, metadata, health, clock);
  }

  @Bean
  RunSchedule calendar(Account account, FactStore facts, WaitingClock clock) {
    return new RunSchedule(account, new UserZones(facts, clock));
  }

  @Bean
  Dispatcher dispatcher(
      MetadataStore metadata,
      FactStore facts,
      ConnectionService connections,
      References references,
      RunSchedule calendar,
      WaitingClock clock,
      ProcessHealth health) {
    // What was sent must be kept even when ingestion is full, so results do not queue with uploads.
    return new Dispatcher(
        new DispatchContext(
            metadata,
            metadata,
            metadata,
            metadata,
            metadata,
            metadata,
            facts,
            facts,
            facts,
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
      ConnectionService connections,
      Dispatcher dispatcher,
      WaitingClock clock,
      RunSchedule calendar) {
    return new RunStarter(
        metadata, metadata, metadata, facts, segments, connections, dispatcher, clock, calendar);
  }

  @Bean
  CampaignService campaigns(
      MetadataStore metadata,
      ConnectionService connections,
      Segments segments,
      RunStarter runs,
      WaitingClock clock,
      RunSchedule calendar) {
    return new CampaignService(
        metadata, metadata, metadata, connections, segments, runs, clock, calendar);
  }

  @Bean
  TestSend testSend(
      CampaignService campaigns,
      FactStore facts,
      ConnectionService connections,
      Dispatcher dispatcher,
      References references,
      Account account) {
    return new TestSend(campaigns, facts, connections, dispatcher, references, account);
  }

  @Bean
  PersonalisationCheck personalisationCheck(
      FactStore facts, Segments segments, ConnectionService connections) {
    return new PersonalisationCheck(facts, segments, connections);
  }

  @Bean(initMethod = "start")
  Reports reports(
      FactStore facts,
      MetadataStore metadata,
      ConnectionService connections,
      WaitingClock clock,
      Account account,
      CarillonSettings settings,
      ProcessHealth health) {
    return new Reports(
        facts,
        facts,
        metadata,
        facts,
        metadata,
        metadata,
        connections,
        clock,
        account,
        settings.ledgersInMemory(),
        health);
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
