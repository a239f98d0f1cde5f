package dev.carillon.server.pages.frame;

import dev.carillon.engine.dispatch.Dispatcher;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.reporting.Reports;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the templates, which were compiled with the program, and the files that pages need. */
@Configuration(proxyBeanMethods = false)
class PagesConfiguration implements WebMvcConfigurer {
  private static final CacheControl FOR_EVER =
      CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

  @Bean
  TemplateEngine templateEngine() {
    return TemplateEngine.createPrecompiled(
        null,
        ContentType.Html,
        PagesConfiguration.class.getClassLoader(),
        "dev.carillon.server.pages.templates");
  }

  @Bean
  @ConditionalOnMissingBean
  Numbers numbers(CampaignStore campaigns, Reports reports) {
    return new LiveNumbers(campaigns, reports);
  }

  @Bean
  SendingProgress sendingProgress(Dispatcher dispatcher) {
    return dispatcher::progress;
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations("classpath:/static/assets/")
        .setCacheControl(FOR_EVER);
    registry
        .addResourceHandler("/webjars/**")
        .addResourceLocations("classpath:/META-INF/resources/webjars/")
        .setCacheControl(FOR_EVER);
    registry
        .addResourceHandler("/_static/**")
        .addResourceLocations("classpath:/META-INF/resources/_static/")
        .setCacheControl(FOR_EVER);
  }
}
