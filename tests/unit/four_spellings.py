"""Invented people, each as a Russian paper, a Belarusian one, and two Latin ones write her. Nobody lives here.

``Surname Given Patronymic``; Latin papers print no patronymic. The Latin forms follow the passport (from Belarusian)
and the older or hand-made transcription (from Russian).
"""

from __future__ import annotations

PEOPLE = [
    ("Наумова Анна Петровна", "Навумава Ганна Пятроўна", "Navumava Hanna", "Naumova Anna"),
    ("Ковалёв Владимир Иванович", "Кавалёў Уладзімір Іванавіч", "Kavaliou Uladzimir", "Kovalev Vladimir"),
    ("Щербакова Наталья Сергеевна", "Шчарбакова Наталля Сяргееўна", "Shcharbakova Natallia", "Shcherbakova Natalya"),
    ("Григорьева Ольга Николаевна", "Грыгор'ева Вольга Мікалаеўна", "Hryhoryeva Volha", "Grigorieva Olga"),
    ("Жук Евгений Павлович", "Жук Яўген Паўлавіч", "Zhuk Yauhen", "Zhuk Evgeny"),
    ("Шевчук Мария Васильевна", "Шаўчук Марыя Васільеўна", "Shauchuk Maryia", "Shevchuk Maria"),
    ("Цветкова Татьяна Андреевна", "Цвяткова Таццяна Андрэеўна", "Tsviatkova Tatstsiana", "Tsvetkova Tatiana"),
    ("Кузьмина Екатерина Олеговна", "Кузьміна Кацярына Алегаўна", "Kuzmina Katsiaryna", "Kuzmina Ekaterina"),
    ("Дубровская Светлана Юрьевна", "Дуброўская Святлана Юр'еўна", "Dubrouskaya Sviatlana", "Dubrovskaya Svetlana"),
    ("Савицкий Дмитрий Ильич", "Савіцкі Дзмітрый Ільіч", "Savitski Dzmitry", "Savitsky Dmitry"),
    ("Лукашевич Юлия Михайловна", "Лукашэвіч Юлія Міхайлаўна", "Lukashevich Yuliya", "Lukashevich Julia"),
    ("Гончарова Людмила Фёдоровна", "Ганчарова Людміла Фёдараўна", "Hancharova Liudmila", "Goncharova Ludmila"),
    ("Бондаренко Ирина Степановна", "Бандарэнка Ірына Сцяпанаўна", "Bandarenka Iryna", "Bondarenko Irina"),
    ("Мельников Сергей Алексеевич", "Мельнікаў Сяргей Аляксеевіч", "Melnikau Siarhei", "Melnikov Sergey"),
    ("Зайцева Дарья Викторовна", "Зайцава Дар'я Віктараўна", "Zaitsava Darya", "Zaitseva Daria"),
    ("Хомич Елена Борисовна", "Хоміч Алена Барысаўна", "Khomich Alena", "Khomich Elena"),
    ("Чернова Оксана Леонидовна", "Чарнова Аксана Леанідаўна", "Charnova Aksana", "Chernova Oxana"),
    ("Яковлев Пётр Антонович", "Якаўлеў Пётр Антонавіч", "Yakauleu Piotr", "Yakovlev Petr"),
    ("Юркевич Полина Романовна", "Юркевіч Паліна Раманаўна", "Yurkevich Palina", "Yurkevich Polina"),
    ("Воробьёва Надежда Кирилловна", "Вераб'ёва Надзея Кірылаўна", "Verabyova Nadzeya", "Vorobyova Nadezhda"),
    ("Рыбаков Николай Максимович", "Рыбакоў Мікалай Максімавіч", "Rybakou Mikalai", "Rybakov Nikolay"),
    ("Тихонова Вера Геннадьевна", "Ціханава Вера Генадзеўна", "Tsikhanava Vera", "Tikhonova Vera"),
    ("Третьякова Алина Вадимовна", "Траццякова Аліна Вадзімаўна", "Tratstsiakova Alina", "Tretyakova Alina"),
    ("Гайдукевич Игорь Вячеславович", "Гайдукевіч Ігар Вячаслававіч", "Haidukevich Ihar", "Gaidukevich Igor"),
    ("Осипова Любовь Григорьевна", "Осіпава Любоў Рыгораўна", "Osipava Liubou", "Osipova Lubov"),
    ("Ермакова Кристина Артёмовна", "Ермакова Крысціна Арцёмаўна", "Yermakova Krystsina", "Ermakova Christina"),
    ("Прокопенко Алексей Егорович", "Пракапенка Аляксей Ягоравіч", "Prakapenka Aliaksei", "Prokopenko Alexey"),
    ("Стельмах Ульяна Тимофеевна", "Стэльмах Ульяна Цімафееўна", "Stelmakh Ulyana", "Stelmakh Uliana"),
    ("Филиппова Зинаида Марковна", "Філіпава Зінаіда Маркаўна", "Filipava Zinaida", "Filippova Zinaida"),
    ("Баранов Михаил Семёнович", "Баранаў Міхаіл Сямёнавіч", "Baranau Mikhail", "Baranov Michael"),
    ("Жданович Маргарита Глебовна", "Ждановіч Маргарыта Глебаўна", "Zhdanovich Marharyta", "Zhdanovich Margarita"),
    ("Соловьёва Ксения Денисовна", "Салаўёва Ксенія Дзянісаўна", "Salauyova Kseniya", "Solovyova Kseniia"),
    ("Никитина Валентина Захаровна", "Нікіціна Валянціна Захараўна", "Nikitsina Valiantsina", "Nikitina Valentina"),
    ("Громыко Александр Львович", "Грамыка Аляксандр Львовіч", "Hramyka Aliaksandr", "Gromyko Alexander"),
    ("Пашкевич Раиса Тарасовна", "Пашкевіч Раіса Тарасаўна", "Pashkevich Raisa", "Pashkevich Raisa"),
    ("Макаревич Виктор Данилович", "Макарэвіч Віктар Данілавіч", "Makarevich Viktar", "Makarevich Victor"),
    ("Сидоренко Анастасия Олеговна", "Сідарэнка Анастасія Алегаўна", "Sidarenka Anastasiya", "Sidorenko Anastasia"),
    ("Королёва Вероника Игоревна", "Каралёва Вераніка Ігараўна", "Karaliova Veranika", "Koroleva Veronica"),
    ("Тарасевич Галина Яковлевна", "Тарасевіч Галіна Якаўлеўна", "Tarasevich Halina", "Tarasevich Galina"),
    ("Климова Софья Эдуардовна", "Клімава Соф'я Эдуардаўна", "Klimava Sofya", "Klimova Sofia"),
    ("Голубева Диана Ярославовна", "Галубева Дыяна Яраславаўна", "Halubeva Dyiana", "Golubeva Diana"),
    ("Журавлёв Илья Константинович", "Жураўлёў Ілья Канстанцінавіч", "Zhurauliou Illia", "Zhuravlev Ilya"),
    ("Лисовская Жанна Анатольевна", "Лісоўская Жанна Анатольеўна", "Lisouskaya Zhanna", "Lisovskaya Zhanna"),
    ("Мурашко Тамара Станиславовна", "Мурашка Тамара Станіславаўна", "Murashka Tamara", "Murashko Tamara"),
    ("Павлюченко Олег Матвеевич", "Паўлючэнка Алег Мацвеевіч", "Pauliuchenka Aleh", "Pavlyuchenko Oleg"),
    ("Романчук Виктория Аркадьевна", "Раманчук Вікторыя Аркадзеўна", "Ramanchuk Viktoryia", "Romanchuk Victoria"),
    ("Семашко Лариса Валерьевна", "Сямашка Ларыса Валер'еўна", "Siamashka Larysa", "Semashko Larisa"),
    ("Тимошенко Никита Артурович", "Цімашэнка Мікіта Артуравіч", "Tsimashenka Mikita", "Timoshenko Nikita"),
    ("Федоренко Юрий Тимурович", "Федарэнка Юрый Цімуравіч", "Fedarenka Yury", "Fedorenko Yuri"),
    ("Харитонов Артём Богданович", "Харытонаў Арцём Багданавіч", "Kharytonau Artsiom", "Kharitonov Artem"),
    ("Чайковская Эмилия Германовна", "Чайкоўская Эмілія Германаўна", "Chaikouskaya Emiliya", "Chaikovskaya Emilia"),
    ("Шаповалова Кира Витальевна", "Шапавалава Кіра Вітальеўна", "Shapavalava Kira", "Shapovalova Kira"),
    ("Ярошевич Инна Владимировна", "Ярашэвіч Іна Уладзіміраўна", "Yarashevich Ina", "Yaroshevich Inna"),
    ("Борисевич Антонина Евгеньевна", "Барысевіч Антаніна Яўгенаўна", "Barysevich Antanina", "Borisevich Antonina"),
    ("Ващенко Ангелина Валентиновна", "Вашчанка Ангеліна Валянцінаўна", "Vashchanka Anhelina", "Vashchenko Angelina"),
    ("Горбачевский Роман Иосифович", "Гарбачэўскі Раман Іосіфавіч", "Harbacheuski Raman", "Gorbachevsky Roman"),
    ("Дроздова Елизавета Леонидовна", "Драздова Лізавета Леанідаўна", "Drazdova Lizaveta", "Drozdova Elizaveta"),
    ("Ефименко Варвара Антоновна", "Яфіменка Варвара Антонаўна", "Yafimenka Varvara", "Efimenko Varvara"),
    ("Зубрицкая Олеся Святославовна", "Зубрыцкая Алеся Святаславаўна", "Zubrytskaya Alesia", "Zubritskaya Olesya"),
    ("Иваненко Станислав Игнатович", "Іваненка Станіслаў Ігнатавіч", "Ivanenka Stanislau", "Ivanenko Stanislav"),
    ("Каминская Регина Адамовна", "Камінская Рэгіна Адамаўна", "Kaminskaya Rehina", "Kaminskaya Regina"),
    ("Левчук Павел Вадимович", "Ляўчук Павел Вадзімавіч", "Liauchuk Pavel", "Levchuk Pavel"),
    ("Медведева Алла Тарасовна", "Мядзведзева Ала Тарасаўна", "Miadzvedzeva Ala", "Medvedeva Alla"),
    ("Орлов Глеб Филиппович", "Арлоў Глеб Філіпавіч", "Arlou Hleb", "Orlov Gleb"),
]  # fmt: skip


def form(text: str) -> dict[str, str]:
    """A name form of the identity record."""
    parts = ("surname", "given", "patronymic")
    return {**dict(zip(parts, text.split(), strict=False)), "kind": "current"}
