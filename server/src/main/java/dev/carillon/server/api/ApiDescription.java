package dev.carillon.server.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI page says of the API as a whole. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
  private static final String KEY = "apiKey";

  /** In the order of the page. */
  private static final List<Tag> TAGS =
      List.of(
          tag(IngestDescription.DATA, "What other programs send in"),
          tag("People", "The users that are known"),
          tag("Segments", "Who a rule selects"),
          tag("Campaigns", "Made, launched, paused, stopped"),
          tag("Reports", "The numbers, and the people behind them"),
          tag("Connections", "Providers that send messages"),
          tag("Settings", "Settings of the whole account"),
          tag(IngestDescription.CALLBACKS, "What providers call"));

  private static Tag tag(String name, String words) {
    return new Tag().name(name).description(words);
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Carillon")
                .version("v1")
                .description(
                    """
                    Campaigns, connections, segments, people and reports. Instants are ISO 8601 in \
                    UTC; local times without an offset are in the account's zone. Errors are problem \
                    documents (RFC 9457) with a stable `code` and, for several problems at once, \
                    `errors` with JSON pointers. Rates are percentages, unrounded; null when the \
                    denominator is zero.

                    To try on this page what changes anything, press *Authorize* first and enter an \
                    API key; your login alone lets you read.""")
                .license(new License().name("Apache-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    KEY, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
        // Wherever the page was loaded from, so that it works behind a proxy as well.
        .servers(List.of(new Server().url("/").description("this server")))
        .tags(TAGS)
        .paths(IngestDescription.paths())
        .addSecurityItem(new SecurityRequirement().addList(KEY));
  }
}
