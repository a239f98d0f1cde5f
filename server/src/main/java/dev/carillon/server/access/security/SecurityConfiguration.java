package dev.carillon.server.access.security;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;
import static org.springframework.security.web.util.matcher.RequestMatchers.anyOf;

import dev.carillon.server.access.Caller;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.audit.AuditFilter;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.access.key.ApiKeys;
import dev.carillon.server.access.login.KnownPlaces;
import dev.carillon.server.access.login.LoginOutcome;
import dev.carillon.server.access.login.LoginPage;
import dev.carillon.server.access.login.LoginProvider;
import dev.carillon.server.access.login.LoginSessions;
import dev.carillon.server.access.login.SessionFilter;
import dev.carillon.server.ingest.BodyBudget;
import dev.carillon.server.ingest.PresentedKey;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Semaphore;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who may reach which part of the server: ingestion, which checks by itself; files; the API; pages.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {
  /**
   * Own files only. Style attributes are allowed as charts write their hints with them; they cannot
   * run anything.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; manifest-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** For uploaded files, over all filter chains. */
  private static final int MOST_FILES_AT_ONCE = 8;

  private final Semaphore files = new Semaphore(MOST_FILES_AT_ONCE);

  /** Uploads, hooks, links and devices: their servlets ask for what each of them needs. */
  @Bean
  @Order(1)
  SecurityFilterChain leanDoor() {
    return new DefaultSecurityFilterChain(
        anyOf(
            path("/1/upload"),
            path("/v1/**"),
            path("/hooks/**"),
            path("/l/**"),
            path("/device/**")));
  }

  /** In the chain above it would be observed by the framework, at twice the cost of the chain. */
  @Bean
  FilterRegistrationBean<FormGate> leanDoorForms(BodyBudget bodies) {
    FilterRegistrationBean<FormGate> gate =
        new FilterRegistrationBean<>(
            new FormGate(bodies, files, new SecurityErrorResponses.ByProblem()));
    gate.addUrlPatterns("/1/upload", "/v1/*", "/hooks/*", "/l/*", "/device/*");
    gate.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1);
    return gate;
  }

  @Bean
  @Order(2)
  SecurityFilterChain filesDoor(HttpSecurity http, BodyBudget bodies) throws Exception {
    return http.securityMatcher("/assets/**", "/webjars/**", "/_static/**", "/favicon.ico")
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .headers(
            headers -> {
              SecurityConfiguration.headers(headers);
              headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable);
            })
        .csrf(csrf -> csrf.disable())
        .requestCache(cache -> cache.disable())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(
            new FormGate(bodies, files, new SecurityErrorResponses.ByProblem()),
            AuthorizationFilter.class)
        .build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain apiDoor(
      HttpSecurity http, ApiKeys keys, LoginSessions sessions, LocalAccess local, BodyBudget bodies)
      throws Exception {
    return http.securityMatcher("/api/v1/**", "/actuator/**", "/openapi/**", "/openapi.yaml")
        .authorizeHttpRequests(SecurityConfiguration::apiRules)
        .headers(SecurityConfiguration::headers)
        .csrf(
            csrf ->
                csrf.ignoringRequestMatchers(
                    PresentedKey::isIn, SecurityConfiguration::isAnonymous))
        .exceptionHandling(
            refusals ->
                refusals
                    .authenticationEntryPoint(SecurityErrorResponses::unauthenticated)
                    .accessDeniedHandler(SecurityErrorResponses::forbidden))
        .requestCache(cache -> cache.disable())
        .sessionManagement(
            management -> management.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .logout(logout -> logout.disable())
        .addFilterBefore(new ApiKeyFilter(keys, local), CsrfFilter.class)
        .addFilterBefore(new SessionFilter(sessions), CsrfFilter.class)
        .addFilterBefore(
            new FormGate(bodies, files, new SecurityErrorResponses.ByProblem()), CsrfFilter.class)
        .build();
  }

  /** Without a session there is nothing that another site could misuse, and a key is asked for. */
  private static boolean isAnonymous(HttpServletRequest request) {
    return Caller.current().isEmpty();
  }

  private static void apiRules(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests) {
    requests
        .dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR, DispatcherType.ASYNC)
        .permitAll()
        .requestMatchers("/actuator/health/**", "/actuator/health")
        .permitAll()
        .requestMatchers("/openapi/**", "/openapi.yaml")
        .authenticated()
        .requestMatchers(
            GET,
            "/api/v1/campaigns/*/report/people/**",
            "/api/v1/campaigns/*/messages/**",
            "/api/v1/campaigns/*/control-group.csv",
            "/api/v1/settings/system-control-group.csv")
        .hasAuthority(Scope.PEOPLE_READ.key())
        .requestMatchers(GET, "/api/v1/campaigns/compare")
        .hasAllAuthorities(Scope.CAMPAIGNS_READ.key(), Scope.REPORTS_READ.key())
        .requestMatchers(
            GET,
            "/api/v1/campaigns/*/report",
            "/api/v1/campaigns/*/report.csv",
            "/api/v1/campaigns/*/report/**",
            "/api/v1/reports/**",
            "/actuator/prometheus")
        .hasAuthority(Scope.REPORTS_READ.key())
        .requestMatchers(
            GET,
            "/api/v1/people/**",
            "/api/v1/segments/*/people",
            "/api/v1/lists/*/people",
            "/api/v1/suggestions/values")
        .hasAuthority(Scope.PEOPLE_READ.key())
        .requestMatchers(DELETE, "/api/v1/people/**")
        .hasAuthority(Scope.PEOPLE_DELETE.key())
        .requestMatchers("/api/v1/people/**")
        .hasAuthority(Scope.DATA_WRITE.key())
        .requestMatchers(GET, "/api/v1/providers/*/templates")
        .hasAuthority(Scope.CAMPAIGNS_READ.key())
        .requestMatchers(GET, "/api/v1/providers/**")
        .hasAuthority(Scope.CONNECTIONS_READ.key())
        .requestMatchers("/api/v1/providers/**")
        .hasAuthority(Scope.CONNECTIONS_WRITE.key())
        .requestMatchers(
            GET,
            "/api/v1/campaigns/**",
            "/api/v1/segments/**",
            "/api/v1/lists/**",
            "/api/v1/suggestions/**",
            "/api/v1/labels/**")
        .hasAuthority(Scope.CAMPAIGNS_READ.key())
        .requestMatchers(POST, "/api/v1/campaigns/*/test", "/api/v1/lists")
        .hasAllAuthorities(Scope.CAMPAIGNS_WRITE.key(), Scope.PEOPLE_READ.key())
        .requestMatchers(PUT, "/api/v1/lists/*/contents")
        .hasAllAuthorities(Scope.CAMPAIGNS_WRITE.key(), Scope.PEOPLE_READ.key())
        .requestMatchers(POST, "/api/v1/segments/estimate", "/api/v1/segments/*/estimate")
        .hasAuthority(Scope.CAMPAIGNS_READ.key())
        .requestMatchers(
            "/api/v1/campaigns/**", "/api/v1/segments/**", "/api/v1/lists/**", "/api/v1/labels/**")
        .hasAuthority(Scope.CAMPAIGNS_WRITE.key())
        .requestMatchers(GET, "/api/v1/settings")
        .hasAuthority(Scope.CAMPAIGNS_READ.key())
        .requestMatchers(POST, LocalAccess.VERIFY, LocalAccess.DEAD_LETTERS_RETRY)
        .hasAnyAuthority(Scope.ADMIN.key(), LocalAccess.AUTHORITY)
        .requestMatchers(GET, LocalAccess.DEAD_LETTERS)
        .hasAnyAuthority(Scope.ADMIN.key(), LocalAccess.AUTHORITY)
        .anyRequest()
        .hasAuthority(Scope.ADMIN.key());
  }

  @Bean
  @Order(4)
  SecurityFilterChain pagesDoor(
      HttpSecurity http,
      LoginProvider provider,
      LoginPage page,
      LoginSessions sessions,
      KnownPlaces places,
      AuditLog audit,
      BodyBudget bodies)
      throws Exception {
    LoginOutcome outcome = new LoginOutcome(page, sessions, places, pageCache(), audit);
    return http.authorizeHttpRequests(SecurityConfiguration::pageRules)
        .headers(SecurityConfiguration::headers)
        .authenticationManager(new ProviderManager(provider))
        .formLogin(
            form ->
                form.loginPage("/login")
                    .authenticationDetailsSource(LoginProvider.Origin::of)
                    .successHandler(outcome)
                    .failureHandler(outcome)
                    .permitAll())
        .logout(logout -> logout.logoutSuccessHandler(outcome).deleteCookies("carillon_session"))
        .requestCache(cache -> cache.requestCache(pageCache()))
        .exceptionHandling(
            refusals ->
                refusals
                    .authenticationEntryPoint(SecurityErrorResponses::toLogin)
                    .accessDeniedHandler(SecurityErrorResponses::forbiddenPage))
        .addFilterBefore(new SessionFilter(sessions), CsrfFilter.class)
        .addFilterBefore(
            new FormGate(bodies, files, new SecurityErrorResponses.ByPage()), CsrfFilter.class)
        .addFilterAfter(new AuditFilter(audit), AuthorizationFilter.class)
        .build();
  }

  private static void pageRules(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests) {
    requests
        .dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR, DispatcherType.ASYNC)
        .permitAll()
        .requestMatchers("/login")
        .permitAll()
        .requestMatchers("/account/**")
        .authenticated()
        .requestMatchers("/settings/**")
        .hasAuthority(Scope.ADMIN.key())
        .requestMatchers(
            GET,
            "/people/**",
            "/campaigns/*/people",
            "/campaigns/*/messages/**",
            "/segments/*/people",
            "/lists/*")
        .hasAuthority(Scope.PEOPLE_READ.key())
        .requestMatchers(GET)
        .authenticated()
        .requestMatchers(HEAD)
        .authenticated()
        .requestMatchers("/connections/**")
        .hasAuthority(Scope.CONNECTIONS_WRITE.key())
        .requestMatchers("/people/delete")
        .hasAuthority(Scope.PEOPLE_DELETE.key())
        .requestMatchers("/people/**")
        .hasAuthority(Scope.DATA_WRITE.key())
        .anyRequest()
        .hasAuthority(Scope.CAMPAIGNS_WRITE.key());
  }

  /** Remembers whole pages that somebody wanted before signing in, never their fragments. */
  private static RequestCache pageCache() {
    CookieRequestCache cache = new CookieRequestCache();
    cache.setRequestMatcher(
        request -> {
          String accept = request.getHeader("Accept");
          return request.getMethod().equals("GET")
              && request.getHeader("HX-Request") == null
              && accept != null
              && accept.contains("text/html");
        });
    return cache;
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
        .permissionsPolicyHeader(
            permissions -> permissions.policy("camera=(), microphone=(), geolocation=()"));
  }

  private static RequestMatcher path(String pattern) {
    return PathPatternRequestMatcher.withDefaults().matcher(pattern);
  }
}
