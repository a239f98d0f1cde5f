package dev.carillon.server.wiring;

import dev.carillon.server.settings.CarillonSettings;
import dev.carillon.server.settings.RequestSettings;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** The running server as a whole. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@EnableConfigurationProperties({CarillonSettings.class, RequestSettings.class})
@ComponentScan(
    basePackages = {
      "dev.carillon.server.access",
      "dev.carillon.server.api",
      "dev.carillon.server.health",
      "dev.carillon.server.pages",
      "dev.carillon.server.wiring"
    },
    nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class ServerConfiguration {}
