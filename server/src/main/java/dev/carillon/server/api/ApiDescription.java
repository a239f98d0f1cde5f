package dev.carillon.server.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI page says of the API as a whole. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
  private static final String KEY = "apiKey";

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

                    Users and events come in beside it, in their own formats: `POST /1/upload` \
                    (CleverTap's) and `POST /v1/batch|identify|track|alias|page|screen` (Segment's).""")
                .license(new License().name("Apache-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    KEY, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
        .addSecurityItem(new SecurityRequirement().addList(KEY));
  }
}
