#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * What programs in Go do: a server and its clients as threads of one process, which talk over the
 * loopback interface and find each other by name.
 */
enum { CLIENTS = 4 };

static struct sockaddr_in address;

static void *serve(void *argument)
{
    int listener = *(int *)argument;
    for (int i = 0; i < CLIENTS; i++) {
        int client = accept(listener, NULL, NULL);
        if (client >= 0) {
            if (write(client, "hello", 5) != 5)
                perror("write");
            close(client);
        }
    }
    return NULL;
}

static void *ask(void *argument)
{
    char answer[6] = "";
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(server, (struct sockaddr *)&address, sizeof address) == 0
            && read(server, answer, 5) == 5 && strcmp(answer, "hello") == 0)
        *(int *)argument = 1;
    close(server);
    return NULL;
}

/* The loopback address, also where no /etc/hosts names it. */
static void look_up(void)
{
    struct addrinfo hints = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM };
    struct addrinfo *found = NULL;
    if (getaddrinfo("localhost", NULL, &hints, &found) == 0)
        address = *(struct sockaddr_in *)found->ai_addr;
    else
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_family = AF_INET;
    address.sin_port = 0;
}

int main(void)
{
    pthread_t server, clients[CLIENTS];
    int answered[CLIENTS] = { 0 }, answers = 0;
    socklen_t length = sizeof address;
    look_up();
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0
            || listen(listener, CLIENTS) != 0
            || getsockname(listener, (struct sockaddr *)&address, &length) != 0) {
        perror("listen");
        return 1;
    }
    pthread_create(&server, NULL, serve, &listener);
    for (int i = 0; i < CLIENTS; i++)
        pthread_create(&clients[i], NULL, ask, &answered[i]);
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(clients[i], NULL);
        answers += answered[i];
    }
    pthread_join(server, NULL);
    printf("%d threads, %d answers\n", CLIENTS + 1, answers);
    return answers == CLIENTS ? 0 : 1;
}
