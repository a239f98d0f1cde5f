package dev.carillon.server.wiring;

import dev.carillon.engine.callback.Callbacks;
import dev.carillon.engine.campaign.CampaignTimer;
import dev.carillon.engine.connection.ConnectionService;
import dev.carillon.engine.intake.Intake;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.time.WaitingClock;
import dev.carillon.server.ingest.BodyBudget;
import dev.carillon.server.ingest.HookServlet;
import dev.carillon.server.ingest.IngestBypassFilter;
import dev.carillon.server.ingest.KeyCheck;
import dev.carillon.server.ingest.SegmentServlet;
import dev.carillon.server.ingest.SelfAuthenticating;
import dev.carillon.server.ingest.UploadServlet;
import dev.carillon.server.settings.CarillonSettings;
import dev.carillon.server.settings.PublicAddress;
import dev.carillon.server.settings.RequestSettings;
import dev.carillon.server.settings.UploadLimit;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;

/** Which addresses lead where, and the start of work once the server listens. */
@Configuration(proxyBeanMethods = false)
class HttpWiring {
  private final CampaignTimer timer;

  HttpWiring(CampaignTimer timer) {
    this.timer = timer;
  }

  @Bean
  PublicAddress publicAddress(CarillonSettings settings) {
    return new PublicAddress(settings.publicUrl());
  }

  @Bean
  UploadLimit uploadLimit(CarillonSettings settings) {
    return new UploadLimit(settings.uploadLimitMb());
  }

  /** The process that has the facts open has the folder to itself, so it may clean it. */
  @Bean
  MultipartConfigElement forms(UploadLimit limit, CarillonSettings settings, FactStore facts) {
    return limit.forms(UploadFolder.clean(settings.data().resolve("uploads")));
  }

  @Bean
  BodyBudget bodyBudget(RequestSettings settings, MeterRegistry registry) {
    BodyBudget bodies = settings.bodies();
    gauge(registry, "known", bodies.known());
    gauge(registry, "callbacks", bodies.callbacks());
    gauge(registry, "unknown", bodies.unknown());
    return bodies;
  }

  private static void gauge(MeterRegistry registry, String sender, BodyBudget.Share share) {
    Gauge.builder("carillon.bodies.bytes", share, BodyBudget.Share::used)
        .description("bytes of request bodies in memory, by kind of sender")
        .tag("sender", sender)
        .register(registry);
  }

  @Bean
  ServletRegistrationBean<Servlet> uploads(
      Intake intake, KeyCheck keys, BodyBudget bodies, WaitingClock clock) {
    return lean(new UploadServlet(intake, keys, bodies, clock), "/1/upload");
  }

  @Bean
  ServletRegistrationBean<Servlet> segmentMessages(
      Intake intake, KeyCheck keys, BodyBudget bodies, WaitingClock clock) {
    return lean(new SegmentServlet(intake, keys, bodies, clock), "/v1/*");
  }

  @Bean
  ServletRegistrationBean<Servlet> hooks(
      Callbacks callbacks,
      ConnectionService connections,
      BodyBudget bodies,
      PublicAddress address,
      WaitingClock clock) {
    return lean(new HookServlet(callbacks, connections, bodies, address::of, clock), "/hooks/*");
  }

  @Bean
  FilterRegistrationBean<IngestBypassFilter> straightThrough(
      List<ServletRegistrationBean<Servlet>> registrations, MeterRegistry registry) {
    Map<String, SelfAuthenticating> servlets = new HashMap<>();
    for (ServletRegistrationBean<Servlet> registration : registrations) {
      if (registration.getServlet() instanceof SelfAuthenticating servlet) {
        servlets.put(registration.getServletName(), servlet);
      }
    }
    FilterRegistrationBean<IngestBypassFilter> first =
        new FilterRegistrationBean<>(new IngestBypassFilter(servlets, registry));
    first.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return first;
  }

  private static ServletRegistrationBean<Servlet> lean(Servlet servlet, String path) {
    ServletRegistrationBean<Servlet> registration = new ServletRegistrationBean<>(servlet, path);
    registration.setName(servlet.getClass().getSimpleName());
    registration.setLoadOnStartup(1);
    return registration;
  }

  /** Campaigns go on only when callbacks can come in. */
  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    timer.start();
  }
}
