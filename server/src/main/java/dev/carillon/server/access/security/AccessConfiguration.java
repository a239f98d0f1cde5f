package dev.carillon.server.access.security;

import dev.carillon.engine.connection.Seal;
import dev.carillon.engine.intake.Sender;
import dev.carillon.engine.port.access.ApiKeyStore;
import dev.carillon.engine.port.access.AuditStore;
import dev.carillon.engine.port.access.IdentityKeyStore;
import dev.carillon.engine.port.access.KnownPlaceStore;
import dev.carillon.engine.port.access.LoginStore;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.access.key.ApiKeys;
import dev.carillon.server.access.key.IdentityKeys;
import dev.carillon.server.access.login.KnownPlaces;
import dev.carillon.server.access.login.LoginController;
import dev.carillon.server.access.login.LoginPage;
import dev.carillon.server.access.login.LoginProvider;
import dev.carillon.server.access.login.LoginQueue;
import dev.carillon.server.access.login.LoginSessions;
import dev.carillon.server.access.login.LoginThrottle;
import dev.carillon.server.access.login.Logins;
import dev.carillon.server.access.login.OwnPassword;
import dev.carillon.server.access.login.PasswordChecks;
import dev.carillon.server.access.login.PasswordHashing;
import dev.carillon.server.access.login.SessionSettings;
import dev.carillon.server.access.login.SignInLog;
import dev.carillon.server.access.secret.SecretBox;
import dev.carillon.server.access.secret.SecretKeys;
import dev.carillon.server.ingest.KeyCheck;
import dev.carillon.server.settings.CarillonSettings;
import jakarta.servlet.SessionTrackingMode;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Wires who may do what. Needs the stores of access, a clock and the settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionSettings.class)
@Import({
  SecurityConfiguration.class,
  LoginController.class,
  LoginPage.class,
  RejectedRequests.class
})
public class AccessConfiguration {

  /** Until somebody signs in; then {@link LoginSessions} prolongs it. */
  private static final int ANONYMOUS_SESSION_MINUTES = 15;

  @Bean
  AuditLog auditLog(AuditStore store, InstantSource clock) {
    return new AuditLog(store, clock);
  }

  @Bean
  PeopleReads peopleReads(AuditLog audit, InstantSource clock) {
    return new PeopleReads(audit, clock);
  }

  @Bean
  ApiKeys apiKeys(ApiKeyStore store, LoginStore logins, InstantSource clock, AuditLog audit) {
    return new ApiKeys(store, logins, clock, audit);
  }

  @Bean
  LocalAccess localDoor(CarillonSettings settings) {
    return new LocalAccess(settings.data());
  }

  @Bean
  PasswordEncoder passwordEncoder() {
    return PasswordHashing.encoder();
  }

  @Bean
  Logins logins(
      LoginStore store,
      ApiKeyStore keys,
      KnownPlaceStore places,
      PasswordEncoder encoder,
      InstantSource clock,
      AuditLog audit) {
    return new Logins(store, keys, places, encoder, clock, audit);
  }

  @Bean
  LoginSessions loginSessions(Logins logins, InstantSource clock, SessionSettings settings) {
    return new LoginSessions(logins, clock, settings);
  }

  @Bean
  KnownPlaces knownPlaces(KnownPlaceStore store, InstantSource clock, CarillonSettings settings) {
    return new KnownPlaces(store, clock, settings.secureCookies());
  }

  @Bean
  LoginThrottle loginThrottle(InstantSource clock) {
    return new LoginThrottle(clock);
  }

  @Bean
  LoginQueue loginQueue(LoginThrottle throttle, InstantSource clock) {
    return new LoginQueue(throttle, clock, new SecureRandom());
  }

  @Bean
  PasswordChecks passwordChecks() {
    return new PasswordChecks();
  }

  @Bean
  SignInLog signInLog(AuditLog audit, Logins logins, InstantSource clock) {
    return new SignInLog(audit, logins, clock);
  }

  @Bean
  LoginProvider loginProvider(
      Logins logins,
      KnownPlaces places,
      LoginThrottle throttle,
      LoginQueue queue,
      PasswordChecks checks,
      SignInLog log,
      AuditLog audit) {
    return new LoginProvider(logins, places, throttle, queue, checks, log, audit);
  }

  @Bean
  OwnPassword ownPassword(
      Logins logins,
      LoginSessions sessions,
      LoginThrottle throttle,
      PasswordChecks checks,
      SignInLog log) {
    return new OwnPassword(logins, sessions, throttle, checks, log);
  }

  @Bean
  FirstRun firstRun(Logins logins, ApiKeys keys, CarillonSettings settings) {
    return new FirstRun(
        logins, keys, settings.adminPassword(), settings.apiKey(), System.out::println);
  }

  @Bean
  Seal seal(CarillonSettings settings) {
    String given = settings.secretKey();
    return new SecretBox(
        given == null || given.isBlank()
            ? SecretKeys.inFolder(settings.data())
            : SecretKeys.of(given));
  }

  @Bean
  IdentityKeys identityKeys(
      IdentityKeyStore store, Seal seal, InstantSource clock, AuditLog audit) {
    return new IdentityKeys(store, seal, clock, audit);
  }

  @Bean
  KeyCheck keyCheck(ApiKeys keys, IdentityKeys tokens) {
    return key -> keys.caller(key).flatMap(caller -> sender(caller, tokens));
  }

  private static Optional<Sender> sender(Caller caller, IdentityKeys tokens) {
    if (caller.may(Scope.DATA_WRITE)) {
      return Optional.of(Sender.TRUSTED);
    }
    if (!caller.may(Scope.DATA_APPEND)) {
      return Optional.empty();
    }
    return Optional.of(caller.tokensRequired() ? Sender.withTokens(tokens) : Sender.PUBLIC);
  }

  @Bean
  ServletContextInitializer sessionCookie(CarillonSettings settings) {
    return context -> {
      context.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
      context.setSessionTimeout(ANONYMOUS_SESSION_MINUTES);
      var cookie = context.getSessionCookieConfig();
      cookie.setName("carillon_session");
      cookie.setPath("/");
      cookie.setHttpOnly(true);
      cookie.setSecure(settings.secureCookies());
      cookie.setAttribute("SameSite", "Lax");
    };
  }
}
